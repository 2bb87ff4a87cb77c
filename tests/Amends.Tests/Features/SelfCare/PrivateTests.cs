using System.IO.Compression;
using System.Net;
using Amends.Commands;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Commands;
using Amends.Tests.Features.Api;
using Amends.Tests.Web;
using Amends.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amends.Tests.Features.SelfCare;

/// <summary>Private means private: what somebody keeps for themselves is read by nobody else, by no page, program, export, backup, log or row.</summary>
public sealed class PrivateTests : IDisposable
{
    private const string Planted = "Qx7larkspurhollow", Practised = "Qx7thistledown", StoodBy = "Qx7foxglovelane";

    private readonly BackupDesk _files = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Nobody_else_reads_what_somebody_keeps_for_themselves_by_any_page_program_export_backup_log_or_row(string kind)
    {
        var log = new LogBook();
        await using var desk = await Desk.Start(kind, change: (_, builder) =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(log);
            builder.Configuration["Logging:LogLevel:Default"] = "Trace";
        });
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var number = await Closed(desk, jo);
        using var own = await desk.SignIn(jo);
        var look = $"/cases/{number}/look-back";
        Assert.Equal(HttpStatusCode.SeeOther, (await own.Send(look, look, new() { ["Asking"] = "Did", ["Owning"] = "Instead", ["Differently"] = Planted })).StatusCode);
        await own.Send("/my", "/my/likes", new() { ["Mood"] = "yes", ["InTeam"] = "yes", ["OneIn"] = "1" });
        await own.Send("/my", "/my/mood", new() { ["Mood"] = "2" });
        await Practise(own, Practised);
        var open = await desk.Complain("Tom Dubois", "The toaster burns", "One side.", jo);
        await own.Send($"/cases/{open}", $"/cases/{open}/messages", new() { ["text"] = "Hello Tom, calm down.", ["seen"] = "9999", ["wording"] = "calm", ["wording_why"] = StoodBy });
        Assert.Contains(StoodBy, await own.GetStringAsync("/my/wording"));
        Assert.Contains(Planted, await own.GetStringAsync("/my/reviews")); // it is there to be found
        Assert.Contains(Planted, await own.GetStringAsync(look));
        Assert.Contains(Practised, await own.GetStringAsync("/training/late_birthday"));

        var read = 0;
        foreach (var other in (Actor[])[await desk.AddPerson("Ona", Role.Owner), await desk.AddPerson("Mara", Role.Manager), lea, await desk.AddPerson("Sam", Role.Agent)])
        {
            using var browser = await desk.SignIn(other, follow: true);
            read += await Reads(desk, browser, number);
        }

        using var program = await desk.AsProgram("Shop", Scopes.CasesRead, Scopes.CasesWrite, Scopes.CustomersRead, Scopes.MailRead);
        read += await Reads(desk, program, number);
        Assert.True(read > 250, $"only {read} pages were read");

        var dump = await Tables.Dump(desk.Database);
        var rows = dump.SelectMany(table => table.Value).ToList();
        foreach (var word in (string[])[Planted, Practised, StoodBy, "look-back", "mood\",", "Differently"])
        {
            var hex = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(word));
            Assert.DoesNotContain(rows, row => row.Contains(word, StringComparison.Ordinal) || row.Contains(hex, StringComparison.OrdinalIgnoreCase) || row.Contains(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(word)), StringComparison.Ordinal));
        }

        Assert.DoesNotContain(Planted, log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Practised, log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(StoodBy, log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await Export.Run(_files.Line(desk.Get<Surroundings>().Database, "--out", _files.At("all.jsonl"))));
        Assert.DoesNotContain(Planted, await File.ReadAllTextAsync(_files.At("all.jsonl")));
        using var zip = ZipFile.OpenRead(await _files.Take(desk));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var text = await reader.ReadToEndAsync();
            Assert.DoesNotContain(Planted, text);
            Assert.DoesNotContain(Practised, text);
            Assert.DoesNotContain(StoodBy, text);
        }

        // a row that is put under somebody else's name opens for nobody
        var ona = await desk.Value<long>("select id from people where name = 'Ona'");
        await desk.Get<SelfCareDesk>().SetMood(ona, 3, new DateOnly(2026, 3, 4));
        await desk.Database.Write(unit => unit.Run("update private_entries set person_id = @ona where person_id = @Id", new { ona, jo.Id }));
        Assert.Empty(await desk.Get<SelfCareDesk>().Reviews(ona));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_lead_sees_what_is_shown_to_them_until_it_is_taken_back_and_all_of_it_goes_with_the_person(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea, lou) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Lou", Role.Owner));
        var number = await Closed(desk, jo);
        using var own = await desk.SignIn(jo);
        using var lead = await desk.SignIn(lea);
        using var owner = await desk.SignIn(lou);
        var share = $"/my/reviews/{number}/share";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Send("/my", share, new() { ["lead"] = $"{lea.Id}" })).StatusCode); // nothing is there yet
        await own.Send("/my", $"/cases/{number}/look-back", new() { ["Asking"] = "Did", ["Differently"] = Planted });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Send("/my", share, new() { ["lead"] = $"{jo.Id}" })).StatusCode); // no lead
        Assert.Equal(HttpStatusCode.SeeOther, (await own.Send("/my", share, new() { ["lead"] = $"{lea.Id}" })).StatusCode);
        await Practise(own, Practised);
        await own.Send("/my", "/training/share", new() { ["lead"] = $"{lea.Id}" });

        var shown = await lead.GetStringAsync("/my/shown");
        Assert.Contains(Planted, shown);
        Assert.Contains("practised once", (await lead.Open("/my/shown")).Words("main"));
        Assert.DoesNotContain(Practised, shown); // how often, never what
        Assert.DoesNotContain(Planted, await owner.GetStringAsync("/my/shown"));
        Assert.Equal(HttpStatusCode.Forbidden, (await own.GetAsync("/my/shown")).StatusCode);
        await desk.Database.Write(unit => unit.Run("update people set role = 1 where id = @Id", new { lea.Id }));
        Assert.Empty(await desk.Get<PrivateEntries>().ShownTo<LookedBack>(lea.Id)); // no lead any more
        await desk.Database.Write(unit => unit.Run("update people set role = 2 where id = @Id", new { lea.Id }));

        await own.Send("/my", $"/my/reviews/{number}/share/end", new() { ["lead"] = $"{lea.Id}" });
        Assert.DoesNotContain(Planted, await lead.GetStringAsync("/my/shown"));
        Assert.Contains("practised once", (await lead.Open("/my/shown")).Words("main"));

        await desk.Get<Staff>().SetActive(jo.Id, false);
        foreach (var table in (string[])["private_keys", "private_entries", "practice_runs", "private_shares"])
            Assert.Equal(0, await desk.Value<long>($"select count(*) from {table} where person_id = @Id", new { jo.Id }));
        Assert.DoesNotContain("practised", (await lead.Open("/my/shown")).Words("main"));
        await desk.Get<Staff>().SetActive(jo.Id, true);
        Assert.Empty(await desk.Get<SelfCareDesk>().Reviews(jo.Id));
    }

    [Fact]
    public async Task Under_another_key_file_nothing_opens_and_nothing_is_overwritten()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        await desk.Get<SelfCareDesk>().SetMood(jo.Id, 2, new DateOnly(2026, 3, 4));
        var other = new SelfCareDesk(desk.Database, new PrivateEntries(desk.Database, new Secrets(_files.At("keys/other.key"))));
        Assert.Empty(await other.Moods(jo.Id));
        Assert.Equal("sealed", (await Assert.ThrowsAsync<Domain.Refused>(() => other.SetMood(jo.Id, 5, new DateOnly(2026, 3, 4)))).Code);
        Assert.Equal(2, Assert.Single(await desk.Get<SelfCareDesk>().Moods(jo.Id)).Mood);
    }

    public void Dispose() => _files.Dispose();

    /// <summary>A complaint that Jo closed.</summary>
    internal static async Task<long> Closed(Desk desk, Actor jo, Action<Case>? also = null)
    {
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks on the table.", jo);
        await desk.Cases.Change(number, @case =>
        {
            @case.Speak(900 + number, Channel.Phone, jo, desk.Clock.Now);
            also?.Invoke(@case);
            @case.Withdraw(CloseReason.OutOfScope, "It was the lid after all.", Told.Without("They said so themselves."), jo, desk.Clock.Now);
        });
        return number;
    }

    /// <summary>Practises on one complaint to its end.</summary>
    internal static async Task Practise(HttpClient browser, string words)
    {
        const string Page = "/training/late_birthday";
        await browser.Send(Page, Page, new() { ["Step"] = "1", ["Questions"] = $"How was the day? {words}", ["Impact"] = "No present" });
        await browser.Send(Page, Page, new() { ["Step"] = "2", ["Happened"] = $"It came late, and nobody answered. {words}" });
        await browser.Send(Page, Page, new() { ["Step"] = "3", ["Options[0].Title"] = "Postage back", ["Options[0].Why"] = words, ["CheckBack"] = "Friday" });
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(Page, Page, new() { ["Step"] = "4", ["Letter"] = $"Dear Priya, the postage back. {words}" })).StatusCode);
    }

    /// <summary>Opens whatever can be opened; returns how many answers were read.</summary>
    private static async Task<int> Reads(Desk desk, HttpClient browser, long number)
    {
        var read = 0;
        foreach (var route in desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("GET")).Select(endpoint => endpoint.Route()).Where(route => route != "/live" && !route.StartsWith("/c/", StringComparison.Ordinal)))
        {
            var path = route.Replace("{number:long}", $"{number}").Replace("{id:long}", "1").Replace("{id:int}", "1").Replace("{view}", "closed").Replace("{key}", "late_birthday");
            if (path.Contains('{'))
                continue;
            using var answer = await browser.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.False(text.Contains(Planted, StringComparison.Ordinal) || text.Contains(Practised, StringComparison.Ordinal) || text.Contains(StoodBy, StringComparison.Ordinal), $"GET {path} shows it");
            read++;
        }

        return read;
    }
}
