using System.Globalization;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Cases;
using Amends.Features.Demo;
using Amends.Features.Team.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests;

/// <summary>The demo company with one of everything that a page can show: a real mail with a file, a held mail, an invitation, a customer's link.</summary>
internal sealed class DemoDesk : IAsyncDisposable
{
    private const string Service = "service@northwind-home.example";

    private const string WithFiles =
        "From: Amara Okafor <amara@customer.example>\r\nTo: service@northwind-home.example\r\nSubject: The kettle leaks\r\nMessage-ID: <files@customer.example>\r\nMIME-Version: 1.0\r\n" +
        "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>It leaks.</p><img src=\"cid:dot\">\r\n" +
        "--b\r\nContent-Type: image/png; name=dot.png\r\nContent-ID: <dot>\r\nContent-Disposition: inline; filename=dot.png\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=\r\n--b--\r\n";

    private readonly Dictionary<CaseStage, long> _in = [];

    private DemoDesk(Desk desk) => Desk = desk;

    public Desk Desk { get; }

    /// <summary>The case that came by a real mail.</summary>
    public long Number { get; private set; }
    public long Message { get; private set; }
    public long File { get; private set; }

    /// <summary>A mail in quarantine.</summary>
    public long Held { get; private set; }
    public long Customer { get; private set; }
    public long Letter { get; private set; }

    /// <summary>Opens an invitation.</summary>
    public string Invitation { get; private set; } = "";

    /// <summary>A case of the demo in this stage.</summary>
    public long In(CaseStage stage) => _in[stage];

    /// <summary>The demo company is made once a run for each kind of database; every desk begins with a copy.</summary>
    private static readonly Lazy<Task<string>> OnSqlite = new(async () => await Made(await Desk.Start(smtp: true)));
    private static string onPostgres = "";

    public static async Task<DemoDesk> Start(string kind = "sqlite", bool running = false)
    {
        var url = kind == "postgres" ? await PostgresServer.CreateDatabase("demo", async empty => onPostgres = await Made(await Desk.On(empty, smtp: true))) : null;
        var demo = new DemoDesk(await Desk.Copy(url is null ? await OnSqlite.Value : onPostgres, url, running));
        var desk = demo.Desk;
        foreach (var stage in Enum.GetValues<CaseStage>())
            demo._in[stage] = await desk.Value<long>("select min(number) from cases where stage = @stage and kind = 1", new { stage = (int)stage });
        demo.Number = await desk.Value<long>("select case_number from messages where mail_id = 'files@customer.example'");
        demo.Message = await desk.Value<long>("select id from messages where mail_id = 'files@customer.example'");
        demo.File = await desk.Value<long>("select id from attachments where message_id = @Message", new { demo.Message });
        demo.Held = await desk.Value<long>("select max(id) from intake where state = 3");
        demo.Customer = await desk.Value<long>("select customer_id from cases where number = @number", new { number = demo.In(CaseStage.Offered) });
        demo.Letter = await desk.Value<long>("select min(id) from outbox");
        demo.Invitation = await desk.Get<Staff>().Invite("Kim", "kim@desk.example", Role.Agent, 0);
        return demo;
    }

    private static async Task<string> Made(Desk desk)
    {
        await ActivatorUtilities.CreateInstance<MakeDemo>(desk.App.Services).Run(_ => { });
        await desk.Post(WithFiles, Service);
        await desk.Post("Subject: Nobody says who\r\n\r\nHello.\r\n", Service);
        await desk.ReadAll();
        await desk.RunDue();
        await desk.Get<Data.Rollups.ReportReader>().CatchUp();
        return await desk.Leave();
    }

    /// <summary>A customer's browser that has opened the link of this case.</summary>
    public async Task<HttpClient> Browse(long number)
    {
        var path = CustomerLinks.PathOf(await Link(number));
        var browser = Desk.Browser(follow: false);
        await browser.Send(path, path);
        return browser;
    }

    /// <summary>A new link for a customer.</summary>
    public Task<string> Link(long number) => Desk.Database.Write(unit => CustomerLinks.Issue(unit, number, Desk.Clock.Now));

    /// <summary>The address of an endpoint with values that lead somewhere; <c>null</c> when this page does not know any.</summary>
    public async Task<string?> PathOf(string route) => route switch
    {
        "/reports/partner/export" or "/api/v1/reports/partner" => route + "?by=carrier&of=Northline",
        "/api/v1/reports/worth/{figure}/cases" => "/api/v1/reports/worth/kept/cases",
        _ when !route.Contains('{') => route,
        _ when route.StartsWith("/improvements/{id:long}", StringComparison.Ordinal) || route.StartsWith("/api/v1/improvements/{id:long}", StringComparison.Ordinal) => Filled(route.Replace("{why:int}", "2"), await Desk.Value<long>("select min(e.case_number) from improvement_evidence e join improvements i on i.id = e.improvement_id where i.what like 'Call-backs%'"), await Desk.Value<long>("select id from improvements where what like 'Call-backs%'")),
        "/cases/{number:long}/timeline" => $"/cases/{Number}/timeline?before={Message + 1}",
        "/cases/{number:long}/messages/{id:long}" or "/cases/{number:long}/messages/{id:long}/body" or "/cases/{number:long}/messages/{id:long}/raw" => Filled(route, Number, Message),
        "/cases/{number:long}/files/{file:long}" => $"/cases/{Number}/files/{File}",
        "/files/{file:long}" => Desk.Get<InlineImages>().AddressOf(File),
        "/cases/{number:long}/held/{id:long}/undo" => Filled(route, Number, 1),
        "/cases/{number:long}/offer" or "/cases/{number:long}/offers/{id:int}/approval" or "/cases/{number:long}/offers/{id:int}/sending" or "/cases/{number:long}/offers/{id:int}/refusal" or "/cases/{number:long}/offers/{id:int}/asking" => Filled(route, In(CaseStage.Offered), 1),
        "/cases/{number:long}/payments" or "/cases/{number:long}/payments/{id:int}/authorisation" or "/cases/{number:long}/payments/{id:int}/confirmation" or "/cases/{number:long}/payments/{id:int}/failure" or "/cases/{number:long}/delivery" or "/cases/{number:long}/remedies/{id:int}/done" or "/cases/{number:long}/remedies/{id:int}/failure" => Filled(route, In(CaseStage.Delivering), 1),
        "/cases/{number:long}/remedies/{id:int}/return" or "/cases/{number:long}/remedies/{id:int}/return/label" => Filled(route, await About(DemoRemedies.WithLabel), 1),
        "/cases/{number:long}/remedies/{id:int}/return/scan" or "/cases/{number:long}/remedies/{id:int}/return/inspection" => Filled(route, await About(DemoRemedies.OnItsWay), 1),
        "/cases/{number:long}/remedies/{id:int}/return/carrier" => Filled(route, await About(DemoRemedies.WithLabel), 1),
        "/cases/{number:long}/remedies/{id:int}/letter" => Filled(route, await About(DemoRemedies.Instead), 1),
        "/cases/{number:long}/remedies/{id:int}/release" => Filled(route, await About(DemoRemedies.OnItsWay), 2),
        "/cases/{number:long}/remedies/{id:int}/visit" => Filled(route, await About(DemoRemedies.ToChoose), 1),
        _ when route.StartsWith("/cases/{number:long}/remedies/{id:int}/visit/", StringComparison.Ordinal) => Filled(route, await About(DemoRemedies.Booked), 1),
        _ when route.StartsWith("/cases/{number:long}/remedies/{id:int}/", StringComparison.Ordinal) => Filled(route, await About(DemoRemedies.Instead), 2),
        _ when route.StartsWith("/c/return/{id:int}", StringComparison.Ordinal) || route.StartsWith("/c/visit/{id:int}", StringComparison.Ordinal) => Filled(route, Number, 1),
        "/api/v1/vouchers/{code}" or "/api/v1/vouchers/{code}/uses" => route.Replace("{code}", await Desk.Value<string>("select code from vouchers")),
        "/cases/{number:long}/answer" => Filled(route, In(CaseStage.Offered), 1),
        "/cases/{number:long}/check-back" or "/cases/{number:long}/check-back/attempts" or "/cases/{number:long}/check-back/day" => Filled(route, await About(DemoAfter.CallDue), 1),
        "/cases/{number:long}/continuation" => Filled(route, await About(DemoCourse.Late), 1),
        "/cases/{number:long}/reminder" or "/cases/{number:long}/reminders" or "/cases/{number:long}/silence" => Filled(route, await About(DemoCourse.Silent), 1),
        "/cases/{number:long}/follow-on" or "/cases/{number:long}/effort" => Filled(route, await About(DemoAfter.Thanked), 1),
        "/quarantine/{id:long}/second-look" => Filled(route, 0, await Desk.Value<long>("select id from intake where second_look = 1")),
        "/cases/{number:long}/check-back/answer" => Filled(route, In(CaseStage.CheckBack), 1),
        "/cases/{number:long}/issues/{id:int}/withdrawal" => Filled(route, In(CaseStage.Working), 1),
        "/cases/{number:long}/decision" or "/cases/{number:long}/decisions" => Filled(route, In(CaseStage.Working), 1),
        "/cases/{number:long}/letters/{id:long}/pdf" => Filled(route, In(CaseStage.Offered), await Written(In(CaseStage.Offered))),
        "/c/letters/{id:long}" => Filled(route, 0, await Written(In(CaseStage.Offered))),
        "/cases/{number:long}/signals/{kind:int}/explanation" => $"/cases/{Number}/signals/1/explanation",
        "/training/{key}" or "/training/{key}/again" => route.Replace("{key}", "wrong_colour"),
        "/my/reviews/{number:long}/share" or "/my/reviews/{number:long}/share/end" or "/my/reviews/{number:long}/removal" => Filled(route, Number, 1),
        "/my/swaps/{id:long}/answer" or "/my/swaps/{id:long}/end" or "/my/readings/{id:long}/comments" or "/my/readings/{id:long}/back" => Filled(route, Number, 999_999),
        "/reports/signals/{id:long}" or "/reports/signals/{id:long}/decision" or "/reports/signals/{id:long}/why" or "/api/v1/signals/{id:long}" or "/api/v1/signals/{id:long}/decision" => Filled(route, Number, await Desk.Value<long>("select max(id) from alerts")),
        "/who-else/notices/{id:long}" or "/who-else/notices/{id:long}/agreement" or "/who-else/notices/{id:long}/stop" => Filled(route, Number, await Desk.Value<long>("select max(id) from outreaches")),
        _ when route.StartsWith("/mentions/{id:long}", StringComparison.Ordinal) || route.StartsWith("/api/v1/mentions/{id:long}", StringComparison.Ordinal) => Filled(route, Number, await Desk.Value<long>("select max(id) from mentions")),
        _ when route.StartsWith("/reports/mails/letters/{id:long}", StringComparison.Ordinal) => Filled(route, Number, await Desk.Value<long>("select max(id) from report_letters")),
        "/learn/cases/{number:long}/taken-back" or "/api/v1/learn/cases/{number:long}/taken-back" => Filled(route, await Desk.Value<long>("select max(case_number) from learn_cases"), 1),
        _ when route.StartsWith("/reports/mails/{id:long}/", StringComparison.Ordinal) || route.StartsWith("/api/v1/reports/mails/{id:long}", StringComparison.Ordinal) => Filled(route, Number, await Desk.Value<long>("select max(id) from report_mails")),
        _ when route.StartsWith("/exports/{id:long}", StringComparison.Ordinal) || route.StartsWith("/api/v1/exports/{id:long}", StringComparison.Ordinal) => Filled(route, Number, await Desk.Value<long>("select max(id) from exports")),
        _ when route.StartsWith("/settings/teams/{id:long}", StringComparison.Ordinal) || route == "/api/v1/teams/{id:long}" => Filled(route, Number, await Desk.Value<long>("select min(id) from teams")),
        "/settings/playbooks/{key}" => "/settings/playbooks/late",
        "/content/proposals/{id:long}" => Filled(route, Number, await Desk.Value<long>("select max(id) from content_versions where decided_at is null")),
        "/content/{key}" or "/content/{key}/kept" or "/content/{key}/stock" or "/api/v1/content/{key}/stock" or "/api/v1/content/{key}" or "/api/v1/content/{key}/versions" => route.Replace("{key}", DemoContent.Changed),
        "/settings/holidays/{code}" => "/settings/holidays/ie",
        "/settings/assumptions/{key}" => "/settings/assumptions/leave.resolved",
        "/cases/{number:long}/costs/{id:long}/removal" => Filled(route, Number, 999_999),
        "/cases/{number:long}/notes/{id:long}" => Filled(route, await Desk.Value<long>("select min(case_number) from messages where direction = 3"), await Desk.Value<long>("select id from messages where direction = 3 order by case_number, id limit 1")),
        "/cases/{number:long}/why/{id:int}/taken-back" => Filled(route, In(CaseStage.Working), 1),
        "/inbox/{view}" => "/inbox/team",
        "/quarantine/{id:long}" or "/quarantine/{id:long}/raw" or "/quarantine/{id:long}/case" or "/quarantine/{id:long}/discard" or "/quarantine/{id:long}/again" or "/incoming/mails/{id:long}/raw" => Filled(route, Number, Held),
        "/incoming/{id:long}" or "/incoming/{id:long}/look" or "/incoming/{id:long}/again" => Filled(route, Number, 0),
        _ when route.StartsWith("/customers/{id:long}", StringComparison.Ordinal) || route.StartsWith("/api/v1/customers/{id:long}", StringComparison.Ordinal) || route.StartsWith("/api/v1/customers/merges/", StringComparison.Ordinal) => Filled(route.Replace("{merge:long}", "1"), Number, Customer),
        "/outbox/{id:long}" or "/outbox/{id:long}/drop" => Filled(route, Number, Letter),
        "/welcome/{token}" => $"/welcome/{Invitation}",
        "/c/{unknown}" => "/c/short",
        "/settings/people/{id:long}/role" or "/settings/people/{id:long}/leave" or "/settings/people/{id:long}/return" or "/settings/people/{id:long}/link" =>
            Filled(route, Number, await Desk.Value<long>("select id from people where email = 'kim@desk.example'")),
        "/api/v1/cases/{number:long}" or "/api/v1/cases/{number:long}/history" or "/api/v1/cases/{number:long}/messages" or "/api/v1/cases/{number:long}/call" or "/api/v1/cases/{number:long}/call/off" => Filled(route, Number, 1),
        _ when route.StartsWith("/api/v1/cases/{number:long}/", StringComparison.Ordinal) => Filled(route, In(CaseStage.Working), 1).Replace("{version:int}", "1"),
        "/settings/limits/delegations/{id:long}/end" or "/settings/playbooks/proposals/{id:long}/decision" or "/content/proposals/{id:long}/decision" or "/settings/tokens/{id:long}/revocation" or "/settings/mail/mailboxes/{id:long}/switch" or "/settings/mail/keys/{id:long}/use" or "/settings/mail/keys/{id:long}/remove" or "/settings/mail/accounts/{id:long}/code" or "/settings/mail/accounts/{id:long}/removal" => Filled(route, Number, 999_999),
        "/profile/sessions/{id:long}/end" => Filled(route, Number, 999_999),
        "{*path}" or "/{*path}" => "/no/such/page",
        _ when route.StartsWith("/cases/{number:long}", StringComparison.Ordinal) && route.Split('{').Length == 2 => Filled(route, Number, 1),
        "/inbox/row/{number:long}" => Filled(route, Number, 1) + "?in=team",
        _ => null,
    };

    /// <summary>The case of the demo with this subject.</summary>
    public async Task<long> About(string subject) => await Desk.Value<long>("select number from cases where subject = @subject", new { subject });

    /// <summary>A message that we wrote to the customer of a case.</summary>
    private Task<long> Written(long number) => Desk.Value<long>("select max(id) from messages where case_number = @number and direction = 2 and channel = 1", new { number });

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    private static string Filled(string route, long number, long id) => route
        .Replace("{number:long}", number.ToString(CultureInfo.InvariantCulture))
        .Replace("{id:long}", id.ToString(CultureInfo.InvariantCulture))
        .Replace("{id:int}", id.ToString(CultureInfo.InvariantCulture));
}
