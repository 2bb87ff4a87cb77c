using System.Net;
using Amends.Data;
using Amends.Domain.People;
using Dapper;

namespace Amends.Tests.Features.Cases;

/// <summary>What strangers send is shown so that it can do nothing, on both databases.</summary>
public sealed class BodyTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_is_shown_in_a_sandbox_without_pictures_from_elsewhere(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", html: "<p onclick=\"x()\">It leaks.</p><script>x()</script><img src=\"https://tracker.example/p.gif\"><img src=\"cid:photo@x\">");
        var message = await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select id from messages"));
        var file = await desk.Database.Write(async unit =>
        {
            var digest = await Blobs.Put(unit, new byte[] { 0x89, 0x50, 0x4e, 0x47 });
            return await unit.Value<long>("insert into attachments (message_id, name, content_type, size, content_id, digest) values (@message, 'photo.png', 'image/png', 4, 'photo@x', @digest) returning id", new { message, digest });
        });

        var frame = (await browser.Open($"/cases/{number}")).QuerySelector("iframe")!;
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox"));
        Assert.DoesNotContain("allow-same-origin", frame.GetAttribute("sandbox"));
        Assert.Equal(frame.GetAttribute("name"), frame.ParentElement!.QuerySelector("a[href$='/body?images=1']")!.GetAttribute("target"));
        var body = await browser.GetAsync(frame.GetAttribute("src"));
        Assert.Equal("off", body.Headers.GetValues("X-DNS-Prefetch-Control").Single());
        Assert.Equal("sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'", body.Headers.GetValues("Content-Security-Policy").Single());
        var html = await body.Tree();
        Assert.Empty(html.QuerySelectorAll("script, [onclick], img[src^=http]"));
        var picture = html.QuerySelector("img[src^='/files/']")!.GetAttribute("src")!;

        var stranger = desk.Browser();
        var shown = await stranger.GetAsync(picture);
        Assert.Equal("image/png", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(picture.Replace($"/files/{file}?", "/files/1000?"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(picture[..^1] + "x")).StatusCode);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(11);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(picture)).StatusCode);

        var withPictures = await browser.GetAsync($"/cases/{number}/messages/{message}/body?images=1");
        Assert.Contains("img-src 'self' data: https:", withPictures.Headers.GetValues("Content-Security-Policy").Single());
        Assert.NotNull((await withPictures.Tree()).QuerySelector("img[src^=https]"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/cases/{number + 1}/messages/{message}/body")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_a_mail_quotes_is_one_click_away_and_leads_may_read_it_raw(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", raw: "From: amara\r\n\r\nIt leaks.\r\n");

        var page = await jo.Open($"/cases/{number}");
        Assert.DoesNotContain("what we wrote before", page.Words(".timeline"));
        Assert.Contains("what we wrote before", (await (await jo.Part(page.QuerySelector(".whole a")!.GetAttribute("href")!)).Tree()).Words(".elided"));
        var raw = (await lea.Open($"/cases/{number}")).QuerySelector("a[href$='/raw']")!.GetAttribute("href")!;
        var mail = await lea.GetAsync(raw);
        Assert.Equal("From: amara\r\n\r\nIt leaks.\r\n", await mail.Content.ReadAsStringAsync());
        Assert.Equal("attachment", mail.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.Forbidden, (await jo.GetAsync(raw)).StatusCode);
        Assert.Null(page.QuerySelector("a[href$='/raw']"));
    }
}
