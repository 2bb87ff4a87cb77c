using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Amends.Tests.Web;

/// <summary>What holds for every endpoint, whoever adds it. The running host's own list is walked, so none can be forgotten.</summary>
public sealed class EndpointTests
{
    /// <summary>What only a bearer token opens. A browser's cookie counts for nothing there, so no other site can make a browser ask.</summary>
    private static readonly string[] Programs = [Scopes.CasesRead, Scopes.CasesWrite, Scopes.CustomersRead, Scopes.MailRead, Scopes.RecoveryWrite, Scopes.MoneyRead, Scopes.CustomersWrite];

    private static readonly string[] Ours = [Policies.Public, Policies.Signed, Policies.Customer, Policies.Reader, Policies.Agent, Policies.Lead, Policies.Manager, Policies.Owner, .. Programs];

    /// <summary>What a GET may write, and why.</summary>
    private static readonly (string Table, string Column)[] Exempt =
    [
        ("sessions", "seen_at"), // keeps somebody who works signed in; every ten minutes at most
    ];

    /// <summary>Pages that answer something else than 200 to somebody who may see them.</summary>
    private static readonly Dictionary<string, HttpStatusCode> Answers = new()
    {
        ["/"] = HttpStatusCode.Redirect, ["/sign-in"] = HttpStatusCode.Redirect, ["/setup"] = HttpStatusCode.Redirect, ["/settings"] = HttpStatusCode.Redirect, ["/inbox"] = HttpStatusCode.Redirect, ["/reports"] = HttpStatusCode.Redirect,
        ["/c/{unknown}"] = HttpStatusCode.NotFound, // a link that was cut short
        ["/c/link"] = HttpStatusCode.NotFound, // reached only with a token, which is taken out of the path
        ["/no-letters/link"] = HttpStatusCode.NotFound, // the same
        ["/{*path}"] = HttpStatusCode.NotFound,
        ["/exports/{id:long}/file"] = HttpStatusCode.NotFound, // it waits to be made
        ["/c/return/{id:int}"] = HttpStatusCode.NotFound, ["/c/return/{id:int}/label"] = HttpStatusCode.NotFound, ["/c/visit/{id:int}"] = HttpStatusCode.NotFound, ["/c/visit/{id:int}/calendar"] = HttpStatusCode.NotFound, // this customer sends nothing back, and nobody comes
    };

    /// <summary>So many pages are looked at between two looks at the whole database.</summary>
    private const int AtOnce = 25;

    /// <summary>What is one person's own, and the owner's: nobody else finds it.</summary>
    private static readonly string[] Theirs = ["/reports/mails/letters/{id:long}", "/reports/mails/letters/{id:long}/file"];

    [Fact]
    public async Task Every_endpoint_says_who_may_call_it_with_exactly_one_of_our_policies()
    {
        await using var desk = await Desk.Start();
        var wrong = desk.Endpoints().Where(endpoint => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is not [{ Policy: { } policy, Roles: null, AuthenticationSchemes: null }] || !Ours.Contains(policy)
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
        Assert.Empty(wrong.Select(endpoint => endpoint.DisplayName));
        Assert.True(desk.Endpoints().Count() > 100);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Looking_at_any_page_changes_nothing_and_is_open_to_whom_its_policy_names(string kind)
    {
        await using var demo = await DemoDesk.Start(kind);
        var visitors = await Visitors(demo);
        var wrong = new List<string>();
        var (before, seen) = (await Tables.Dump(demo.Desk.Database, Exempt), new List<string>());
        foreach (var endpoint in demo.Desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("GET")))
        {
            if (seen.Count == AtOnce)
                await Compare();
            var route = endpoint.Route();
            if (await demo.PathOf(route) is not { } path)
            {
                wrong.Add($"{route}: DemoDesk.PathOf does not know an address of it");
                continue;
            }

            foreach (var (who, browser) in visitors)
            {
                demo.Desk.Clock.Now += TimeSpan.FromSeconds(30); // so that what is written every few minutes shows, and the customer's day of looking lasts for all pages
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                using var answer = await browser.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, patience.Token); // a stream of events never ends
                if (Wrong(endpoint, who, answer.StatusCode) is { } words)
                    wrong.Add($"GET {path} as {who}: {words}");
            }

            seen.Add(path);
        }

        await Compare();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task Compare()
        {
            var after = await Tables.Dump(demo.Desk.Database, Exempt);
            wrong.AddRange(Tables.Differences(before, after).Select(difference => $"GET one of {string.Join(", ", seen)}: {difference}"));
            (before, seen) = (after, []);
        }
    }

    [Fact]
    public async Task No_change_passes_without_the_form_token_of_its_browser()
    {
        await using var demo = await DemoDesk.Start();
        using var owner = await demo.Desk.SignIn(await demo.Desk.AddPerson("Ona", Role.Owner));
        using var customer = await demo.Browse(demo.In(CaseStage.Offered));
        var changes = demo.Desk.Endpoints().SelectMany(endpoint => endpoint.Verbs().Where(verb => verb is not ("GET" or "HEAD")).Select(verb => (Endpoint: endpoint, Verb: verb))).ToList();
        Assert.True(changes.Count > 50);
        var wrong = new List<string>();
        var before = await Tables.Dump(demo.Desk.Database);
        foreach (var (endpoint, verb) in changes)
        {
            if (await demo.PathOf(endpoint.Route()) is not { } path)
            {
                wrong.Add($"{endpoint.Route()}: DemoDesk.PathOf does not know an address of it");
                continue;
            }

            foreach (HttpContent content in (HttpContent[])[new FormUrlEncodedContent([]), new FormUrlEncodedContent([new("__RequestVerificationToken", "guessed")]), new MultipartFormDataContent { { new StringContent("x"), "text" } }, new StringContent("{}", null, "application/json")])
            {
                using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = content };
                using var answer = await (endpoint.Policy() == Policies.Customer ? customer : owner).SendAsync(request);
                if (Programs.Contains(endpoint.Policy()) && answer.StatusCode == HttpStatusCode.Unauthorized)
                    continue;
                if (answer.StatusCode != HttpStatusCode.BadRequest && !(answer.StatusCode == HttpStatusCode.UnsupportedMediaType && content is StringContent))
                    wrong.Add($"{verb} {path} with {content.Headers.ContentType} answered {answer.StatusCode}");
            }
        }

        wrong.AddRange(Tables.Differences(before, await Tables.Dump(demo.Desk.Database)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<List<(string Who, HttpClient Browser)>> Visitors(DemoDesk demo)
    {
        var visitors = new List<(string, HttpClient)> { ("nobody", demo.Desk.Browser(follow: false)), (Policies.Customer, await demo.Browse(demo.In(CaseStage.Offered))) };
        foreach (var role in new[] { Role.Reader, Role.Agent, Role.Lead, Role.Manager, Role.Owner })
            visitors.Add((role.ToString().ToLowerInvariant(), await demo.Desk.SignIn(await demo.Desk.AddPerson("Some" + role, role))));
        return visitors;
    }

    private static string? Wrong(RouteEndpoint endpoint, string who, HttpStatusCode got)
    {
        var needs = endpoint.Policy();
        var isOurs = who is not ("nobody" or Policies.Customer);
        if (got >= HttpStatusCode.InternalServerError)
            return $"answered {got}";
        if (needs == Policies.Public)
            return isOurs && got != Answers.GetValueOrDefault(endpoint.Route(), HttpStatusCode.OK) ? $"answered {got}" : null;
        if (Programs.Contains(needs))
            return got == HttpStatusCode.Unauthorized ? null : $"answered {got} without a token";
        if (needs == Policies.Customer)
            return who == Policies.Customer ? got == Answers.GetValueOrDefault(endpoint.Route(), HttpStatusCode.OK) ? null : $"answered {got}" : got == HttpStatusCode.OK ? "is open to others than the customer" : null;
        if (!isOurs)
            return got is HttpStatusCode.SeeOther or HttpStatusCode.Unauthorized ? null : $"answered {got}, and nobody has signed in";
        var may = Array.IndexOf(Ours, who) >= Array.IndexOf(Ours, needs);
        if (may && Theirs.Contains(endpoint.Route()) && who != Policies.Owner)
            return got == HttpStatusCode.NotFound ? null : $"answered {got}, and it is somebody else's";
        var right = may ? Answers.GetValueOrDefault(endpoint.Route(), HttpStatusCode.OK) : HttpStatusCode.Forbidden;
        return got == right ? null : $"answered {got} instead of {right}";
    }
}

/// <summary>The endpoints of a running desk.</summary>
internal static class EndpointList
{
    /// <summary>All of them but the files that are served as they are.</summary>
    public static IEnumerable<RouteEndpoint> Endpoints(this Desk desk) =>
        desk.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    public static string Route(this RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    public static string? Policy(this RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy;

    /// <summary>What it answers to; one that does not say answers to everything, so it must be safe to open.</summary>
    public static IReadOnlyList<string> Verbs(this RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
}
