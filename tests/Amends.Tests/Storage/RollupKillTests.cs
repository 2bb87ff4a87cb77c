using System.Diagnostics;
using Amends.Campaigns;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Web;
using Known = Amends.Domain.Tests.Cases.Desk;

namespace Amends.Tests.Storage;

/// <summary>The real program, killed with SIGKILL while it counts for the reports, and started again: in the end the counts are those of a recount.</summary>
public sealed class RollupKillTests
{
    private const int Cases = 4_000, Kills = 3;

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_counts_equal_a_recount_after_the_program_was_killed_while_it_counted(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, customers, now) = (await desk.AddPerson("Jo", Amends.Domain.People.Role.Agent), new List<long>(), DateTimeOffset.UtcNow);
        for (var i = 0; i < 40; i++)
            customers.Add((await desk.AddCustomer($"Customer {i}")).Id);
        for (var from = 0; from < Cases; from += 500)
        {
            var begin = from;
            await desk.Database.Write(async unit =>
            {
                for (var i = begin; i < begin + 500; i++)
                {
                    var @case = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken", "It leaks.", customers[i % customers.Count], "Customer", jo), jo, Known.Hours, now.AddHours(-i % 600));
                    if (i % 3 > 0)
                        @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They wrote it themselves."), jo, now);
                    await desk.Cases.OpenIn(unit, @case);
                }
            });
        }

        var reader = desk.Get<ReportReader>();
        var surroundings = desk.Get<Surroundings>();
        await using var app = new RunningAmends(RunningAmends.Built, surroundings.Data, surroundings.Database);
        var (killed, left) = (0, await reader.Waiting());
        Assert.Equal(Cases, left);
        for (var kill = 0; kill < Kills; kill++)
        {
            app.Start();
            var waiting = await Until(reader, app, left - 300);
            await app.Kill();
            killed += waiting > 0 ? 1 : 0;
            left = await reader.Waiting();
        }

        Assert.Equal(Kills, killed); // otherwise it was done before it could be killed
        app.Start();
        await Until(reader, app, 0);
        await app.Kill();
        await RollupTests.MustEqual(desk, $"after {killed} kills");
    }

    /// <summary>Waits until so many notes wait, or fewer.</summary>
    private static async Task<long> Until(ReportReader reader, RunningAmends app, long most)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(1))
        {
            if (await reader.Waiting() is var waiting && waiting <= most)
                return waiting;
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), app.Log);
        }
    }
}
