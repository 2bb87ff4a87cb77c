using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>HTML as mail programs write it, and as attackers do.</summary>
public sealed class HtmlGrammar(Random random)
{
    /// <summary>What is worth inserting.</summary>
    public static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg><style><img src=x onerror=alert(1)></style></svg>", "<math><mtext><table><mglyph><style>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"&#106;avascript&colon;alert(1)\">", "<a href=\" \u0001javascript:x\">", "<p style=\"background:url(http://t.example/x)\">", "<p style=\"color:re\\64;wid\\74h:expression(x)\">",
        "<iframe srcdoc=\"<script>x()</script>\">", "<object data=x>", "<form action=x><button formaction=javascript:x>", "<base href=//t.example>", "<meta http-equiv=refresh content=\"0;url=x\">",
        "<style>@import url(x);</style>", "<link rel=stylesheet href=x>", "<template>", "</template>", "<xmp>", "<textarea>", "<title>", "<plaintext>", "<select><style>", "<!--", "-->", "<![CDATA[", "]]>", "<table>", "</table>", "<tr><td>", "<p>", "</p>",
        "<div>", "</div>", "<b>", "</i>", "<a href=http://t.example/>", "<img src=\"cid:a@b\">", "<img data-src=http://t.example/p.gif>", "<img src=data:image/png;base64,AAAA>", "<img src=\"data:image/svg+xml;base64,AAAA\">", "<blockquote>", "</blockquote>",
        "<pre>\n", "<font color=red>", "style=\"", "\"", "'", ">", "<", "/", "=", "&", "&#0;", "&#xD;", "&nbsp;", "&lt;", "&amp;lt;", "\0", "\u00a0", "\u00ad", "\u202e", "`", "<nobr>", "<li>", "<dd>", "<ruby><rt>", "<details open ontoggle=alert(1)>",
        "<math><annotation-xml encoding=\"text/html\">", "<svg><foreignObject>", "<svg><a xlink:href=javascript:x>", "<frameset>", "</body>", "</html>", "<body onload=alert(1)>", "<html style=x>", "<caption>", "<colgroup><col>", "<h1>", "<button>",
        "<div class=gmail_quote>", "<div id=divRplyFwdMsg>", "<o:p>", "<!--[if mso]>", "<![endif]-->", "srcset=\"http://t.example/ 2x\"", " background=http://t.example/", " poster=x", " style='position:fixed;inset:0'", " dir=rtl", " lang=\"x\" ",
    ];

    static readonly string[] Names = ["p", "div", "span", "b", "i", "a", "table", "tr", "td", "ul", "li", "blockquote", "font", "h2", "pre", "center", "em", "tbody", "th", "img", "br", "hr", "small", "u", "ol", "dl", "dt", "dd", "form", "button", "label", "fieldset", "nobr", "marquee", "svg", "math", "style", "section", "details", "summary", "ruby", "rt", "caption", "col"];
    static readonly string[] Keys = ["style", "class", "id", "href", "src", "width", "height", "align", "bgcolor", "color", "title", "alt", "dir", "onclick", "onload", "background", "colspan", "data-src", "target", "lang", "xlink:href", "srcset", "name", "type"];

    static readonly string[] Values =
    [
        "https://shop.example/order?a=1&b=2", "mailto:a@b.example", "cid:pic@x", "javascript:alert(1)", "data:text/html,<script>", "100%", "20", "#ff0000", "red", "center", "color: red; margin: 0", "background: url(https://t.example/x)", "position: fixed", "width: calc(1px + 2px)",
        "font-family: 'Arial', \"Helvetica\"", "a \"b\" 'c'", "<b>", "x\ny", "", "//t.example/p", "rgb(1,2,3)", "ltr", "tel:+1 555", "\u00e9\u4e2d", "a`b", "vbscript:x", "http://", "left", "color: rgb(1,2,3)!important; display: none",
    ];

    static readonly string[] Words = ["Dear team", "the kettle leaks", "Grüße", "漢字", "1 < 2 & 3", "&amp; more", "&eacute;", "\n\n", "On 1.1.2026 Jo wrote:", "-- ", "Sent from my phone", "a\u200bb", "مرحبا", "> quoted", "x"];

    /// <summary>A whole body, mostly well-formed.</summary>
    public string Document()
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "<html><head><title>x</title><style>p{color:red}</style></head><body>" : "");
        for (var i = random.Next(1, 8); i > 0; i--) Node(text, random.Next(7));
        return text.ToString();
    }

    void Node(StringBuilder text, int depth)
    {
        if (random.Next(12) == 0) text.Append(Pieces[random.Next(Pieces.Length)]);
        if (depth <= 0 || random.Next(3) == 0)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(' ');
            return;
        }
        var name = Names[random.Next(Names.Length)];
        text.Append('<').Append(name);
        for (var i = random.Next(4); i > 0; i--) text.Append(' ').Append(Keys[random.Next(Keys.Length)]).Append(random.Next(8) == 0 ? "=" : "=\"").Append(Values[random.Next(Values.Length)]).Append(random.Next(12) == 0 ? "" : "\"");
        text.Append(random.Next(30) == 0 ? "/>" : ">");
        for (var i = random.Next(4); i > 0; i--) Node(text, depth - 1);
        if (random.Next(10) != 0) text.Append("</").Append(random.Next(20) == 0 ? Names[random.Next(Names.Length)] : name).Append('>');
    }
}
