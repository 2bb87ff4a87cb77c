using System.Net;
using Amends.Domain.People;
using Amends.Tests.Features.Exports;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>Long files for programs.</summary>
public sealed class ExportApiTests
{
    private const string Root = "/api/v1/exports";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_program_asks_for_a_file_once_watches_it_and_fetches_no_more_than_its_scopes_may_read(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Complain("Amara", "Kettle", "It leaks.");
        var (marta, kai) = (await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Kai", Role.Agent));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        using var hers = await desk.ActingFor(marta, "Head", Scopes.CasesRead, Scopes.MoneyRead);
        using var narrow = await desk.ActingFor(marta, "Narrow", Scopes.CasesRead);
        using var his = await desk.ActingFor(kai, "Till", Scopes.CasesRead);

        var asked = await shop.Json(Root, """{"what":"messages","from":"2026-01-01","format":"csv"}""", "a");
        Assert.Equal((HttpStatusCode.Created, $"{Root}/1"), (asked.StatusCode, asked.Headers.Location!.ToString()));
        Assert.Equal(1, (await (await shop.Json(Root, """{"what":"messages","from":"2026-01-01","format":"csv"}""", "a")).Read()).GetProperty("id").GetInt64()); // the same key asks once
        Assert.Equal("waiting", (await shop.Get($"{Root}/1")).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetAsync($"{Root}/1/file")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await hers.Json(Root, """{"what":"ledger"}""", "b")).StatusCode);
        foreach (var (program, body, code) in new[]
        {
            (shop, """{"what":"orders"}""", "missing_scope"), (narrow, """{"what":"ledger"}""", "missing_scope"), (shop, """{"what":"events"}""", "role"), (hers, """{"what":"events"}""", "role"), (his, """{"what":"cases"}""", "role"),
            (hers, """{"what":"cases","from":"2026-03-05","to":"2026-03-04"}""", "from"), (hers, """{"what":"cases","category":"NONE"}""", "category"),
        })
        {
            var refused = await program.Json(Root, body, $"{code} {body}");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.StatusCode, (await refused.Read()).GetProperty("code").GetString()));
        }

        foreach (var (body, field) in new[] { ("{}", "what"), ("""{"what":"secrets"}""", "what"), ("""{"what":"cases","from":"March"}""", "from") })
        {
            var bad = await hers.Json(Root, body, body);
            Assert.Equal((HttpStatusCode.BadRequest, field), (bad.StatusCode, (await bad.Read()).GetProperty("field").GetString()));
        }

        var maker = desk.Maker();
        while (await maker.RunOnce(default))
        {
        }

        var done = await shop.Get($"{Root}/1");
        Assert.Equal(("done", 100, "messages-from-2026-01-01.csv"), (done.GetProperty("state").GetString(), done.GetProperty("percent").GetInt32(), done.GetProperty("file_name").GetString()));
        Assert.Equal(done.GetProperty("rows").GetInt64() + 1, ExportFiles.Cells(await shop.GetStringAsync($"{Root}/1/file")).Count);
        Assert.Equal([1L], (await shop.Get(Root)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
        foreach (var program in new[] { shop, his, narrow }) // somebody else's, and one that this token may not read
            Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"{Root}/2/file")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync($"{Root}/2/file")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await his.DeleteAsync($"{Root}/2")).StatusCode);
        Assert.Equal("removed", (await (await hers.DeleteAsync($"{Root}/2")).Read()).GetProperty("state").GetString());
        await shop.Json(Root, """{"what":"cases","cases":"open","format":"workbook"}""", "c");
        Assert.Equal("cancelled", (await (await shop.DeleteAsync($"{Root}/3")).Read()).GetProperty("state").GetString());
    }
}
