namespace Amends.Fuzz.Rendering;

/// <summary>HTML of our own that does something as long as nobody cleans it: each says by itself whether a browser is really watched.</summary>
public static class Attacks
{
    /// <summary>Those that run a script.</summary>
    public static readonly string[] Scripts =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)></svg>", "<svg><script>alert(1)</script></svg>", "<details open ontoggle=alert(1)>x</details>", "<body onload=alert(1)>",
        "<a href=javascript:alert(1)>x</a>", "<iframe srcdoc=\"<script>parent.alert(1)</script>\"></iframe>", "<iframe src=javascript:parent.alert(1)></iframe>", "<input autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)></video>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<template><script>alert(1)</script></template><img src=x onerror=alert(1)>", "<p style=\"x:y\" onmouseover=alert(1)>x</p>",
    ];

    /// <summary>Those that ask the network for something.</summary>
    public static readonly string[] Requests =
    [
        "<img src=http://t.example/p.gif>", "<img src=//t.example/q.png>", "<img srcset=\"http://t.example/s.png 2x\">", "<p style=\"background:url(http://t.example/b.png)\">x</p>", "<style>@import url(http://t.example/x.css);</style>", "<link rel=stylesheet href=http://t.example/l.css>",
        "<link rel=prefetch href=http://t.example/f>", "<table background=http://t.example/t.png><tr><td>x</table>", "<iframe src=http://t.example/></iframe>", "<object data=http://t.example/o></object>", "<video poster=http://t.example/v.png></video>", "<audio src=http://t.example/a.ogg autoplay></audio>",
        "<input type=image src=http://t.example/i.png>", "<svg><image href=http://t.example/g.png /></svg>", "<img src=https://t.example/secure.png>", "<div style=\"list-style-image:url('http://t.example/li.png');display:list-item\">x</div>", "<embed src=http://t.example/e>", "<img src=relative.png>",
    ];
}
