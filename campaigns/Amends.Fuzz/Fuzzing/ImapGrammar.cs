using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Answers of an IMAP server (RFC 3501 and RFC 9051), right and wrong ones.</summary>
public sealed class ImapGrammar(Random random)
{
    /// <summary>What is worth inserting.</summary>
    public static readonly string[] Pieces =
    [
        "* ", "+ ", "$T OK ", "$T NO ", "$T BAD ", "A0001 OK\r\n", "A0099 OK\r\n", "* BYE\r\n", "* PREAUTH\r\n", "\r\n", "\n", "\r", " ", "(", ")", "((((((((", "))))", "\"", "\\", "{3}\r\nabc", "{0}\r\n", "~{2}\r\nab", "{99999999999}\r\n", "{1048576}\r\n", "{-1}\r\n", "{5+}\r\nabcde", "[", "]", "NIL", "BODY[]", "BODY[HEADER]<0>",
        "UID ", "FETCH ", "EXISTS\r\n", "EXPUNGE\r\n", "VANISHED (EARLIER) 1:9\r\n", "ESEARCH (TAG \"$T\") UID ALL 7:9\r\n", "[UIDVALIDITY 1]", "[UIDNEXT 4294967296]", "[TRYCREATE]", "[CAPABILITY IMAP4rev1]", "[ALERT]", "[COPYUID 1 7 8]", "[HIGHESTMODSEQ 9]", "MODSEQ (5)", "FLAGS (\\Seen)", "\0", "\u00ff", "&AOQ-", "&", "%%FETCH\n", "%%SEARCH\n", "%%SELECT\n", "%%STORE\n",
        "RFC822.SIZE 12", "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"", "ENVELOPE (NIL NIL NIL)", "BODYSTRUCTURE (((", "1:*", "4294967295", "0", "ENABLED QRESYNC\r\n", "NAMESPACE ((\"\" \"/\")) NIL NIL\r\n", "ID NIL\r\n",
    ];

    static readonly string[] Capabilities = ["IMAP4rev1", "IMAP4rev2", "AUTH=PLAIN", "SASL-IR", "IDLE", "MOVE", "UIDPLUS", "LITERAL+", "ID", "NAMESPACE", "SPECIAL-USE", "CONDSTORE", "QRESYNC", "ENABLE", "ESEARCH", "LOGINDISABLED", "STARTTLS", "AUTH=XOAUTH2", "AUTH=OAUTHBEARER", "COMPRESS=DEFLATE", "UNSELECT", "LIST-STATUS"];

    /// <summary>A conversation: answers to what a client may ask, in the order of need.</summary>
    public string Script()
    {
        var text = new StringBuilder();
        if (random.Next(3) > 0) text.Append(Amends.Fuzz.Fuzzing.Script.Chunk("GREETING", random.Next(12) switch { 0 => "* BYE no\r\n", 1 => "* PREAUTH hi\r\n", 2 => "220 smtp\r\n", 3 => "* OK hi\r\n", _ => $"* OK [CAPABILITY {Offered()}] hi\r\n" }));
        if (random.Next(3) == 0) text.Append(Answer("CAPABILITY", $"* CAPABILITY {Offered()}\r\n"));
        if (random.Next(4) == 0) text.Append(Answer(random.Next(2) == 0 ? "AUTHENTICATE" : "LOGIN", random.Next(3) == 0 ? "+ \r\n" : Chatter()));
        if (random.Next(2) == 0) text.Append(Answer("LIST", string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => $"* LIST ({Pick("", "\\HasNoChildren", "\\Noselect", "\\Sent", "\\NonExistent \\Drafts")}) {Pick("\"/\"", "NIL", "\".\"", "\"\\\\\"")} {Pick("INBOX", "\"a b\"", "{5}\r\nabcde", "\"&AOQ-\"", "&-x", "NIL", "\"q\\\"r\"")}\r\n"))));
        text.Append(Answer("SELECT", $"* {random.Next(9)} EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n{(random.Next(10) == 0 ? "" : $"* OK [UIDVALIDITY {random.Next(1, 99)}] ok\r\n")}{(random.Next(3) == 0 ? "" : $"* OK [UIDNEXT {random.Next(1, 120_000)}] ok\r\n")}{Chatter()}"));
        for (var i = random.Next(1, 3); i > 0; i--) text.Append(Answer("SEARCH", (random.Next(5) == 0 ? "* ESEARCH (TAG \"$T\") UID ALL 7:9,12\r\n" : $"* SEARCH {string.Join(' ', Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(5, 20)))}\r\n") + Chatter()));
        for (var i = random.Next(7); i > 0; i--) text.Append(Answer("FETCH", string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Fetch())) + Chatter()));
        foreach (var word in (string[])["STORE", "MOVE", "COPY", "EXPUNGE", "CREATE", "IDLE", "DONE", "NOOP", "LOGOUT", "NAMESPACE", "ENABLE", "ID", "MORE"])
        {
            if (random.Next(5) == 0) text.Append(Answer(word, word == "IDLE" ? "+ idling\r\n" + Chatter() : Chatter()));
        }
        return text.ToString();
    }

    string Answer(string word, string untagged) => Amends.Fuzz.Fuzzing.Script.Chunk(word, random.Next(25) == 0 ? "" : untagged + random.Next(14) switch
    {
        0 => "$T NO no\r\n",
        1 => "$T NO [TRYCREATE] no\r\n",
        2 => "$T BAD what\r\n",
        3 => random.Next(3) == 0 ? "" : "$T OK [READ-ONLY] done\r\n",
        4 => "$T OK [COPYUID 3 7 8] done\r\n",
        _ => "$T OK done\r\n",
    });

    string Fetch()
    {
        var items = new List<string>();
        var body = random.Next(4) switch { 0 => "BODY[HEADER]<0>", 1 => "BODY[]<0>", _ => "BODY[]" };
        if (random.Next(10) > 0) items.Add($"UID {random.Next(5, 20)}");
        if (random.Next(2) == 0) items.Add($"RFC822.SIZE {(random.Next(8) == 0 ? 9_999_999 : random.Next(60))}");
        if (random.Next(3) == 0) items.Add("INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"");
        if (random.Next(3) == 0) items.Add("FLAGS (\\Seen $x)");
        if (random.Next(6) == 0) items.Add($"MODSEQ ({random.Next(100)})");
        if (random.Next(8) == 0) items.Add("ENVELOPE (\"d\" NIL ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL \"<id@x>\")");
        if (random.Next(2) == 0)
        {
            var mail = "From: a@b.example\r\nSubject: x\r\n\r\n" + new string('y', random.Next(40));
            items.Add(random.Next(6) switch { 0 => $"{body} NIL", 1 => $"{body} \"short \\\" one\"", 2 => $"{body} ~{{{mail.Length}}}\r\n{mail}", 3 => $"{body} {{{mail.Length + random.Next(-3, 4)}}}\r\n{mail}", _ => $"{body} {{{mail.Length}}}\r\n{mail}" });
        }
        return $"* {random.Next(1, 9)} FETCH ({string.Join(' ', items)})\r\n";
    }

    string Chatter() => random.Next(12) switch
    {
        0 => "* 9 EXISTS\r\n", 1 => "* 2 EXPUNGE\r\n", 2 => "* OK [ALERT] soon\r\n", 3 => "* BYE bye\r\n", 4 => "* VANISHED 3:5\r\n", 5 => "+ more\r\n", 6 => "* NO warn {3}\r\n", 7 => "* STATUS INBOX (UIDNEXT 4)\r\n", _ => "",
    };

    string Offered() => string.Join(' ', Capabilities.Where(_ => random.Next(3) == 0).Prepend("IMAP4rev1"));

    string Pick(params string[] of) => of[random.Next(of.Length)];
}
