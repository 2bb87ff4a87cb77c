using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Amends.Tests.Features;

/// <summary>Pages as trees, and cases to show on them.</summary>
public static class Pages
{
    /// <summary>Opens a page that must answer 200.</summary>
    public static async Task<IDocument> Open(this HttpClient browser, string url)
    {
        var answer = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Tree();
    }

    /// <summary>Asks for a part of a page, as htmx does.</summary>
    public static async Task<HttpResponseMessage> Part(this HttpClient browser, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Request-Type", "partial");
        return await browser.SendAsync(request);
    }

    /// <summary>An answer as a tree.</summary>
    public static async Task<IDocument> Tree(this HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>The words of the first element, white space folded.</summary>
    public static string Words(this IParentNode node, string selector) =>
        string.Join(' ', (node.QuerySelector(selector)?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Opens a case by mail with its first message.</summary>
    public static async Task<long> Complain(this Desk desk, string customer, string subject, string text, Actor? owner = null, CaseKind kind = CaseKind.Complaint, string? html = null, string? raw = null)
    {
        var (id, name) = await desk.AddCustomer(customer);
        var company = new Company { AssignAtOnce = false };
        return await desk.Database.Write(async unit =>
        {
            var from = Actor.Customer(id, name);
            var digest = raw is null ? null : await Blobs.Put(unit, System.Text.Encoding.UTF8.GetBytes(raw));
            var number = await Intake.Open(unit, desk.Cases, company, new NewCase(Channel.Mail, kind, subject, text, id, from, desk.Clock.Now, owner));
            await Hear(unit, desk, number, from, text, html, digest);
            return number;
        });
    }

    /// <summary>The customer writes again.</summary>
    public static async Task Write(this Desk desk, long number, string text)
    {
        var state = (await desk.Cases.Find(number))!;
        await desk.Database.Write(unit => Hear(unit, desk, number, Actor.Customer(state.CustomerId, state.CustomerName), text, null, null));
    }

    private static async Task Hear(Unit unit, Desk desk, long number, Actor from, string text, string? html, string? digest)
    {
        var message = await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Mail, from.Name, text, desk.Clock.Now) { Html = html, RawDigest = digest, Elided = "> what we wrote before" });
        await desk.Cases.ChangeIn(unit, number, (@case, _) =>
        {
            @case.Hear(message, Channel.Mail, from, new Company().Calendar(), desk.Clock.Now);
            return Task.CompletedTask;
        });
    }
}
