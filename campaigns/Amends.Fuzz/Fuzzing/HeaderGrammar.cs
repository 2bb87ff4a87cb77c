using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Header fields: right ones, usual damage, and attacks on the readers of their values.</summary>
public sealed class HeaderGrammar(Random random)
{
    /// <summary>What is worth inserting.</summary>
    public static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\r\n ", "\r\n\t", ": ", ":", ";", ",", "<", ">", "\"", "\\", "(", ")", "((((((", "@", "=?utf-8?B?", "=?utf-8?Q?", "?=", "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "=?utf-8?Q?=0D=0ABcc:_x?=", "=?utf-7?Q?+AGE-?=", "=?x-unknown?B?AAAA?=",
        "*0*=", "*1=", "*0=", "*=utf-8''%41%0d%0a", "*=", "%00", "=00", "\0", "\u00ff\u00fe", "\u00c3\u00a9", "\u001b$B", "charset=utf-16", "charset=\"", "boundary=m", "boundary=\"\"", "name=\"a/../b.txt\"", "filename*0*=utf-8''%e4", "Undisclosed: ;", "a@b.example", "<a@b.example>",
        "Jo <jo@x.example>", "<@r.example:a@b.example>", "Date: ", "From: ", "To: ", "Subject: ", "Message-ID: ", "References: ", "Content-Type: ", "Received: ", "Auto-Submitted: auto-replied", "Return-Path: <>", "Thu, 26 Nov 2026 08:00:00 +0000", "+9999", "-0000", "(EST)", "99 Foo 0",
        "<id@x.example> ", "multipart/report; report-type=delivery-status; boundary=m", "Precedence: bulk", "List-Id: <l.example>", " =?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "\u00a0",
    ];

    static readonly string[] Names = ["From", "To", "Cc", "Reply-To", "Sender", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path", "Received", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "Content-ID", "Auto-Submitted", "Precedence", "List-Id", "List-Unsubscribe", "X-Failed-Recipients", "Authentication-Results", "DKIM-Signature", "Delivered-To", "MIME-Version", "Comments", "Resent-From", "X-Auto-Response-Suppress", "Thread-Topic"];
    static readonly string[] People = ["jo@x.example", "Jo <jo@x.example>", "\"Jo, the \\\"Boss\\\"\" <jo@x.example>", "=?utf-8?B?SsO2?= <jo@x.example>", "friends: a@b.example, c@d.example;", "jo(comment(nested))@x.example", "<>", "Jo", "jo@", "@x.example", "J\u00f6 <j\u00f6@x.example>", "\"a@b\"@c.example", "jo @ x . example", "<<jo@x.example>>", "mailto:jo@x.example"];
    static readonly string[] Words = ["kettle", "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "=?utf-8?B?44GT44KT?=", "=?iso-8859-1?Q?=E9t=E9?=", "Re:", "[#123]", "\u00fcber", "=?utf-8?Q?broken", "?=", "=?gb18030?B?0ru2/g==?=", "=?utf-8*en?Q?x?=", "a\tb"];
    static readonly string[] Types = ["text/plain", "text/html", "multipart/mixed", "multipart/alternative", "message/rfc822", "application/octet-stream", "text/plain; charset=utf-8", "text", "/", "text/plain; charset", "image/png", "application/ms-tnef", "text/calendar; method=REQUEST", "multipart/report; report-type=delivery-status"];
    static readonly string[] Dates = ["Thu, 26 Nov 2026 08:00:00 +0000", "26 Nov 26 8:00 EST", "Thu, 26 Nov 2026 25:61:61 +2560", "2026-11-26T08:00:00Z", "Thursday, 26-Nov-26 08:00:00 GMT", "31 Feb 2026 00:00:00", "0", "Thu Nov 26 08:00:00 2026", "26 Nov 99999 08:00:00 +0000"];

    /// <summary>A block of fields, without the empty line that ends it.</summary>
    public string Block()
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 14); i > 0; i--) text.Append(Field());
        return text.ToString();
    }

    /// <summary>One field with its line end.</summary>
    public string Field()
    {
        var name = random.Next(25) == 0 ? Pieces[random.Next(Pieces.Length)] : Names[random.Next(Names.Length)];
        var value = name switch
        {
            "From" or "To" or "Cc" or "Reply-To" or "Sender" or "Return-Path" or "Delivered-To" or "Resent-From" or "X-Failed-Recipients" => string.Join(random.Next(6) == 0 ? ";" : ", ", Some(People, 5)),
            "Date" => Dates[random.Next(Dates.Length)],
            "Content-Type" => Types[random.Next(Types.Length)] + Parameters(),
            "Content-Disposition" => (random.Next(2) == 0 ? "attachment" : "inline") + Parameters(),
            "Message-ID" or "In-Reply-To" or "References" or "Content-ID" => string.Join(random.Next(3) == 0 ? "\r\n " : " ", Enumerable.Range(0, random.Next(5)).Select(i => random.Next(6) == 0 ? $"id{i}@x" : $"<id{i}@x.example>")),
            "Received" => "from a.example (b [192.0.2.1]) by c.example with ESMTPS id 1; " + Dates[random.Next(Dates.Length)],
            "Auto-Submitted" => random.Next(2) == 0 ? "auto-replied" : "no",
            "Content-Transfer-Encoding" => random.Next(4) switch { 0 => "base64", 1 => "quoted-printable", 2 => "8bit", _ => "x-uuencode" },
            _ => string.Join(' ', Some(Words, 8)),
        };
        if (random.Next(8) == 0) value = value.Insert(random.Next(value.Length + 1), Pieces[random.Next(Pieces.Length)]);
        return $"{name}{(random.Next(30) == 0 ? " " : "")}:{(random.Next(20) == 0 ? "" : " ")}{value}{(random.Next(15) == 0 ? "\n" : "\r\n")}";
    }

    string Parameters()
    {
        var text = new StringBuilder();
        for (var i = random.Next(4); i > 0; i--)
        {
            text.Append(random.Next(10) == 0 ? ";;" : "; ").Append(random.Next(8) switch
            {
                0 => "charset=utf-8",
                1 => "charset=\"windows-1252\"",
                2 => "name=\"r\u00e9sum\u00e9 (1).pdf\"",
                3 => "filename*=utf-8''r%C3%A9sum%C3%A9.pdf",
                4 => "filename*0=\"long\"; filename*1=\"er.txt\"",
                5 => "filename*1*=%20b; filename*0*=iso-8859-1'de'a",
                6 => "boundary=\"m\"",
                _ => "format=flowed",
            });
        }
        return text.ToString();
    }

    List<string> Some(string[] of, int most) => [.. Enumerable.Range(0, random.Next(1, most)).Select(_ => of[random.Next(of.Length)])];
}
