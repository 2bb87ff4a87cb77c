using System.Diagnostics;
using Amends.Campaigns;
using Amends.Domain.Exports;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;
using Amends.Tests.Features.Exports;
using Amends.Web;

namespace Amends.Tests.Storage;

/// <summary>The real program, killed with SIGKILL while it makes a long file, and started again: in the end there is one file, and it is whole.</summary>
public sealed class ExportKillTests
{
    private const int Messages = 60_000;

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_long_file_is_made_whole_and_once_after_the_program_was_killed_in_the_middle_of_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        await desk.ManyMessages(await desk.Complain("Amara", "Kettle", "It leaks."), Messages);
        await desk.Ask(marta, ExportOf.Messages, ExportFormat.Workbook);
        var surroundings = desk.Get<Surroundings>();
        await using var app = new RunningAmends(RunningAmends.Built, surroundings.Data, surroundings.Database);
        app.Start();
        await Until("select row_count from exports where state = 2 and row_count > 0 and exists (select 1 from export_pieces)");
        await app.Kill();
        Assert.Equal(((long)ExportState.Running, 1L), (await desk.Value<long>("select state from exports"), await desk.Value<long>("select epoch from exports"))); // it was in the middle of it
        using (var manager = await desk.SignIn(marta))
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await manager.GetAsync($"{ExportFiles.Page}/1/file")).StatusCode);

        await desk.Database.Write(unit => unit.Run("update exports set lease_until = 0")); // twenty seconds later
        app.Start();
        await Until("select row_count from exports where state = 3");
        await Until("select 1 from exports where not exists (select 1 from export_pieces where epoch = 1)"); // what the first had written is taken away
        await app.Kill();
        Assert.Equal(2, await desk.Value<long>("select epoch from exports"));
        using var later = await desk.SignIn(marta);
        var sheet = Assert.Single(ExportFiles.Sheets(await later.GetByteArrayAsync($"{ExportFiles.Page}/1/file")));
        Assert.Equal(await desk.Value<long>("select count(*) from messages"), sheet.Rows.Count - 1);
        Assert.Equal(sheet.Rows.Count - 1, sheet.Rows.Skip(1).Select(row => row[0]).Distinct().Count());

        async Task Until(string sql)
        {
            for (var watch = Stopwatch.StartNew(); await desk.Value<long?>(sql) is null; await Task.Delay(2))
                Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), app.Log);
        }
    }
}
