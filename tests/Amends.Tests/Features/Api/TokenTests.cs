using System.Net;
using System.Text.RegularExpressions;
using Amends.Commands;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Api;
using Amends.Tests.Channels.Email;
using Amends.Tests.Commands;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>Who gets in, how far, and what the interface says to whoever does not.</summary>
public sealed partial class TokenTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_owner_makes_a_token_that_is_shown_once_stored_as_a_digest_and_dead_once_revoked(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var html = await (await owner.Send("/settings/tokens", "/settings/tokens", new() { ["name"] = "Shop", ["scopes"] = Scopes.CasesRead })).Content.ReadAsStringAsync();
        var token = Shown().Match(html).Value;
        Assert.DoesNotContain(token, await owner.GetStringAsync("/settings/tokens"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from api_tokens where token_hash = @hash", new { hash = Tokens.HashOf(token) }));
        using var shop = desk.With(token);
        Assert.Equal(HttpStatusCode.OK, (await shop.GetAsync("/api/v1/cases")).StatusCode);
        Assert.NotNull(await desk.Value<long?>("select used_at from api_tokens"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Send("/settings/tokens", "/settings/tokens", new() { ["name"] = "Shop", ["scopes"] = Scopes.CasesRead })).StatusCode); // two of one name cannot be told apart

        var id = await desk.Value<long>("select id from api_tokens");
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/settings/tokens", $"/settings/tokens/{id}/revocation")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.GetAsync("/api/v1/cases")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_console_makes_lists_and_revokes_tokens(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var files = new BackupDesk();
        var database = desk.Get<Surroundings>().Database;
        Assert.Equal(0, await Token.Add(files.Line(database, "Shop", "--scopes", "cases:read,customers:read")));
        Assert.Equal("cases:read customers:read", await desk.Value<string>("select scopes from api_tokens where name = 'Shop'"));
        Assert.Equal(0, await Token.List(files.Line(database)));
        var id = await desk.Value<long>("select id from api_tokens");
        Assert.Equal(0, await Token.Revoke(files.Line(database, $"{id}")));
        Assert.Equal("token", (await Assert.ThrowsAsync<Refused>(() => Token.Revoke(files.Line(database, $"{id}")))).Code);
        Assert.Equal("scopes", (await Assert.ThrowsAsync<Refused>(() => Token.Add(files.Line(database, "Till", "--scopes", "cases:eat")))).Code);
        Assert.Equal(CommandLine.Wrong, await Token.Add(files.Line(database, "Till")));
    }

    [Fact]
    public async Task Whoever_has_no_token_or_not_the_scope_is_told_in_problem_details()
    {
        await using var desk = await Desk.Start();
        await desk.Complain("Amara Okafor", "Kettle", "It leaks.");
        using var nobody = desk.Browser(follow: false);
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        using var guess = desk.With("amends_guessed");
        using var reader = await desk.AsProgram("Reader", Scopes.CasesRead);
        foreach (var (who, status, code) in new[] { (nobody, 401, "no_token"), (owner, 401, "no_token"), (guess, 401, "invalid_token"), (reader, 403, "missing_scope") })
            await Is(await who.GetAsync("/api/v1/customers/1"), status, code);
        await Is(await reader.Json("/api/v1/cases", "{}", "k"), 403, "missing_scope");
        await Is(await reader.GetAsync("/api/v1/cases/4711"), 404, "not_found");
        await Is(await reader.GetAsync("/api/v1/nothing"), 404, "not_found");
        Assert.Contains("cases:write", (await reader.Json("/api/v1/cases", "{}", "k")).Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await reader.GetAsync("/settings/tokens")).StatusCode); // a token opens no page
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    [InlineData("null", "body")]
    [InlineData("{}", "customer")]
    [InlineData("""{"customer":{"name":"Bo"}}""", "story")]
    [InlineData("""{"customer":{},"story":"x"}""", "customer.name")]
    [InlineData("""{"customer":{"email":"none"},"story":"x"}""", "customer.email")]
    [InlineData("""{"customer":{"id":"one"},"story":"x"}""", "customer.id")]
    [InlineData("""{"customer":{"name":"Bo"},"story":"x","kind":"rant"}""", "kind")]
    [InlineData("""{"customer":{"name":"Bo"},"story":"x","mood":"bad"}""", "mood")]
    [InlineData("""{"customer":{"name":"Bo"},"story":"x"}""", DoOnce.Header, null)]
    public async Task A_body_that_cannot_be_read_is_answered_with_the_name_of_the_field(string body, string field, string? key = "k")
    {
        await using var desk = await Desk.Start();
        using var shop = await desk.AsProgram("Shop", Scopes.CasesWrite);
        var answer = await shop.Json("/api/v1/cases", body, key);
        await Is(answer, 400, "bad_request");
        Assert.Equal(field, (await answer.Read()).GetProperty("field").GetString());
        Assert.Equal(0, await desk.Value<long>("select count(*) from cases"));
    }

    [Fact]
    public async Task The_description_names_every_endpoint_in_snake_case_and_who_may_call_it()
    {
        await using var desk = await Desk.Start();
        using var anybody = desk.Browser();
        var text = await anybody.GetStringAsync("/api/v1/openapi.json");
        var document = System.Text.Json.JsonDocument.Parse(text).RootElement;
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString());
        Assert.Equal(["/api/v1/acquisition-spend", "/api/v1/approvals", "/api/v1/approvals/by-law", "/api/v1/assumptions", "/api/v1/calls", "/api/v1/calls/free", "/api/v1/cases", "/api/v1/cases/{number}", "/api/v1/cases/{number}/affected", "/api/v1/cases/{number}/answered", "/api/v1/cases/{number}/answers", "/api/v1/cases/{number}/call", "/api/v1/cases/{number}/call/attempts", "/api/v1/cases/{number}/call/off", "/api/v1/cases/{number}/call/they-rang", "/api/v1/cases/{number}/check-back/agreement", "/api/v1/cases/{number}/check-back/answer", "/api/v1/cases/{number}/check-back/attempts", "/api/v1/cases/{number}/choice", "/api/v1/cases/{number}/clock-starts", "/api/v1/cases/{number}/closing", "/api/v1/cases/{number}/continuation", "/api/v1/cases/{number}/costs", "/api/v1/cases/{number}/customer", "/api/v1/cases/{number}/decisions", "/api/v1/cases/{number}/decline", "/api/v1/cases/{number}/delivery", "/api/v1/cases/{number}/escalation", "/api/v1/cases/{number}/extensions", "/api/v1/cases/{number}/fix", "/api/v1/cases/{number}/follow-on", "/api/v1/cases/{number}/history", "/api/v1/cases/{number}/hold", "/api/v1/cases/{number}/issues/{id}/withdrawal", "/api/v1/cases/{number}/kind", "/api/v1/cases/{number}/language-model/calls", "/api/v1/cases/{number}/language-model/calls/{id}/decision", "/api/v1/cases/{number}/language-model/preview", "/api/v1/cases/{number}/letters", "/api/v1/cases/{number}/letters/draft", "/api/v1/cases/{number}/listening", "/api/v1/cases/{number}/messages", "/api/v1/cases/{number}/notes", "/api/v1/cases/{number}/notes/{note}", "/api/v1/cases/{number}/nudge/aside", "/api/v1/cases/{number}/offers", "/api/v1/cases/{number}/offers/{id}/approval", "/api/v1/cases/{number}/offers/{id}/asking", "/api/v1/cases/{number}/offers/{id}/refusal", "/api/v1/cases/{number}/offers/{id}/reminder", "/api/v1/cases/{number}/offers/{id}/sending", "/api/v1/cases/{number}/outside-decision", "/api/v1/cases/{number}/owner", "/api/v1/cases/{number}/payments", "/api/v1/cases/{number}/payments/{id}/authorisation", "/api/v1/cases/{number}/payments/{id}/confirmation", "/api/v1/cases/{number}/payments/{id}/failure", "/api/v1/cases/{number}/presets", "/api/v1/cases/{number}/presets/removal", "/api/v1/cases/{number}/promises", "/api/v1/cases/{number}/reckoning", "/api/v1/cases/{number}/referral", "/api/v1/cases/{number}/remedies/{id}/consent", "/api/v1/cases/{number}/remedies/{id}/failure", "/api/v1/cases/{number}/remedies/{id}/owner", "/api/v1/cases/{number}/remedies/{id}/release", "/api/v1/cases/{number}/remedies/{id}/return", "/api/v1/cases/{number}/remedies/{id}/return/carrier", "/api/v1/cases/{number}/remedies/{id}/return/inspection", "/api/v1/cases/{number}/remedies/{id}/steps", "/api/v1/cases/{number}/remedies/{id}/visit", "/api/v1/cases/{number}/remedies/{id}/visit/booking", "/api/v1/cases/{number}/remedies/{id}/visit/done", "/api/v1/cases/{number}/remedies/{id}/visit/missed", "/api/v1/cases/{number}/remedies/{id}/visit/sign-off", "/api/v1/cases/{number}/remedies/{id}/visit/times", "/api/v1/cases/{number}/reopening", "/api/v1/cases/{number}/resolution", "/api/v1/cases/{number}/rest", "/api/v1/cases/{number}/rest/end", "/api/v1/cases/{number}/review", "/api/v1/cases/{number}/second-look", "/api/v1/cases/{number}/signals/explanation", "/api/v1/cases/{number}/stop-sale", "/api/v1/cases/{number}/summaries", "/api/v1/cases/{number}/summaries/{version}/confirmation", "/api/v1/cases/{number}/suspicion", "/api/v1/cases/{number}/suspicion/answer", "/api/v1/cases/{number}/updates", "/api/v1/cases/{number}/waiting", "/api/v1/cases/{number}/whys", "/api/v1/cases/{number}/whys/{id}/taken-back", "/api/v1/cases/{number}/worth", "/api/v1/content", "/api/v1/content/{key}", "/api/v1/content/{key}/stock", "/api/v1/content/{key}/versions", "/api/v1/customers/duplicates", "/api/v1/customers/merges/{id}/undo", "/api/v1/customers/neglected", "/api/v1/customers/{id}", "/api/v1/customers/{id}/merges", "/api/v1/customers/{id}/move-out", "/api/v1/exports", "/api/v1/exports/{id}", "/api/v1/exports/{id}/file", "/api/v1/improvements", "/api/v1/improvements/{id}", "/api/v1/improvements/{id}/cases", "/api/v1/improvements/{id}/cases/{number}/removal", "/api/v1/improvements/{id}/letters", "/api/v1/improvements/{id}/moves", "/api/v1/improvements/{id}/plan", "/api/v1/improvements/{id}/whys", "/api/v1/improvements/{id}/whys/{why}/taken-back", "/api/v1/language-model", "/api/v1/language-model/calls", "/api/v1/learn", "/api/v1/learn/cases", "/api/v1/learn/cases/{number}/taken-back", "/api/v1/learn/learnings", "/api/v1/ledger", "/api/v1/mailboxes", "/api/v1/mentions", "/api/v1/orders", "/api/v1/payments", "/api/v1/playbooks", "/api/v1/promises", "/api/v1/reports/approvals", "/api/v1/reports/bottlenecks", "/api/v1/reports/causes", "/api/v1/reports/consistency", "/api/v1/reports/follow-on", "/api/v1/reports/gifts", "/api/v1/reports/hearing", "/api/v1/reports/justice", "/api/v1/reports/mails", "/api/v1/reports/mails/{id}", "/api/v1/reports/mails/{id}/turns", "/api/v1/reports/mentions", "/api/v1/reports/nudges", "/api/v1/reports/outcomes", "/api/v1/reports/partner", "/api/v1/reports/promises", "/api/v1/reports/quarter", "/api/v1/reports/recovery", "/api/v1/reports/regulatory", "/api/v1/reports/repeats", "/api/v1/reports/satisfaction", "/api/v1/reports/second-looks", "/api/v1/reports/staffing", "/api/v1/reports/stayed", "/api/v1/reports/survey", "/api/v1/reports/teams", "/api/v1/reports/times", "/api/v1/reports/upheld", "/api/v1/reports/what-matters", "/api/v1/reports/worth", "/api/v1/reports/worth/{figure}/cases", "/api/v1/returns/scans", "/api/v1/signals", "/api/v1/signals/{id}", "/api/v1/signals/{id}/decision", "/api/v1/stock", "/api/v1/teams", "/api/v1/teams/{id}", "/api/v1/vouchers/{code}", "/api/v1/vouchers/{code}/uses", "/api/v1/who-else", "/api/v1/wording"], document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        foreach (var word in new[] { "wanted_outcome", "next_cursor", "updated_since", "\"check_back\"", DoOnce.Header, "Needs the scope cases:write", "Needs the scope recovery:write", "Needs the scope money:read", "one_option_reason", "release_on", "credit_note_no", "\"bearer\"" })
            Assert.Contains(word, text);
        Assert.DoesNotContain("settings", text);
        Assert.DoesNotContain("NextCursor", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_token_that_acts_for_somebody_is_them_in_the_log_and_ends_with_them(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var (jo, rea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Rea", Role.Reader));
        var number = await desk.Complain("Amara Okafor", "Kettle", "It leaks.");
        Dictionary<string, string> Form(string scope, string actsAs) => new() { ["name"] = "Shop", ["scopes"] = scope, ["acts_as"] = actsAs };
        foreach (var (form, words) in new[] { (Form(Scopes.RecoveryWrite, ""), "is for a token that acts for a person"), (Form(Scopes.CasesRead, $"{rea.Id}"), "Choose somebody who works here"), (Form(Scopes.CasesRead, "4711"), "Choose somebody who works here") })
        {
            var refused = await owner.Send("/settings/tokens", "/settings/tokens", form);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(words, (await refused.Tree()).Words("#acts_as-error"));
        }

        var token = Shown().Match(await (await owner.Send("/settings/tokens", "/settings/tokens", Form(Scopes.RecoveryWrite, $"{jo.Id}"))).Content.ReadAsStringAsync()).Value;
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where person_id = @Id and text like 'The program Shop may act for you now%'", new { jo.Id }));
        Assert.Contains("Shop, for Jo", (await owner.Open("/settings/tokens")).Words("table"));
        using var shop = desk.With(token);
        Assert.Equal(HttpStatusCode.Created, (await shop.Json($"/api/v1/cases/{number}/listening", """{"severity":"high"}""", "k")).StatusCode);
        Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'severity_set' and body like @by", new { by = $"%\"id\":{jo.Id},\"name\":\"Jo\"%\"program\":\"Shop\"%" }));
        Assert.Contains("Jo (by Shop) marked it as serious", await owner.GetStringAsync($"/cases/{number}"));
        Assert.Equal(HttpStatusCode.SeeOther, (await shop.GetAsync($"/cases/{number}")).StatusCode); // it opens no page, whomever it acts for

        var staff = desk.Get<Amends.Features.Team.People.Staff>();
        async Task<HttpStatusCode> Again(string key) => (await shop.Json($"/api/v1/cases/{number}/listening", """{"severity":"normal"}""", key)).StatusCode;
        await staff.SetRole(jo.Id, Role.Reader);
        Assert.Equal(HttpStatusCode.Unauthorized, await Again("l"));
        await staff.SetRole(jo.Id, Role.Agent);
        Assert.Equal(HttpStatusCode.Created, await Again("m"));
        await staff.SetActive(jo.Id, false);
        Assert.Equal(HttpStatusCode.Unauthorized, await Again("n"));
        await staff.SetActive(jo.Id, true);
        Assert.Equal(HttpStatusCode.Unauthorized, await Again("o")); // it ended for good

        using var files = new BackupDesk();
        var database = desk.Get<Surroundings>().Database;
        Assert.Equal("acts_as", (await Assert.ThrowsAsync<Refused>(() => Token.Add(files.Line(database, "Till", "--scopes", "recovery:write")))).Code);
        Assert.Equal("acts_as", (await Assert.ThrowsAsync<Refused>(() => Token.Add(files.Line(database, "Till", "--scopes", "recovery:write", "--as", "nobody@desk.example")))).Code);
        Assert.Equal(0, await Token.Add(files.Line(database, "Till", "--scopes", "recovery:write", "--as", "JO@desk.example")));
        Assert.Equal(jo.Id, await desk.Value<long>("select acts_as from api_tokens where name = 'Till'"));
    }

    private static async Task Is(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Read();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    [GeneratedRegex("amends_[A-Za-z0-9_-]{43}")]
    private static partial Regex Shown();
}
