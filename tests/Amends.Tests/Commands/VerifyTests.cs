using Amends.Commands;
using Amends.Data.Backups;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Dapper;

namespace Amends.Tests.Commands;

/// <summary>Whoever changes rows behind the program's back is found out.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly BackupDesk _files = new();

    public static TheoryData<string, string, string> Harm
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var kind in (string[])["sqlite", "postgres"])
            {
                all.Add(kind, "update events set at = at + 60000 where case_number = 1001 and seq = 3", "event 3 (");
                all.Add(kind, "update events set sealed = replace(sealed, 'hmac:', 'hmac:x') where case_number = 1001 and seq = 1", "event 1 (");
                all.Add(kind, "update events set body = replace(body, 'call you', 'not call you') where case_number = 1001", "the words of event ");
                all.Add(kind, "update events set kind = 'case_closed' where case_number = 1001 and seq = 2", "event 2 (case_closed");
                all.Add(kind, "delete from events where case_number = 1001 and seq = 2", "event 2 is missing");
                all.Add(kind, "delete from events where case_number = 1001 and seq = (select max(seq) from events where case_number = 1001)", "is missing at the end");
                all.Add(kind, "update events set seq = case seq when 2 then 1000 else seq end where case_number = 1001", "event 2 is missing");
                all.Add(kind, "update cases set chain_length = chain_length - 1 where number = 1001", "was added behind its back");
                all.Add(kind, "update cases set chain_head = (select hash from events where case_number = 1002 and seq = 1) where number = 1001", "ends elsewhere");
                all.Add(kind, "update messages set text = 'We never said that.' where case_number = 1001", "(note_written, ");
                all.Add(kind, "update messages set author_name = 'Sami' where case_number = 1001", "(note_written, ");
                all.Add(kind, "delete from messages where case_number = 1001", "(note_written, ");
                all.Add(kind, "update events set message_id = (select min(id) from messages where case_number = 1002) where case_number = 1001 and message_id is not null", "(note_written, ");
                all.Add(kind, "update customers set text_key = (select hash from events where case_number = 1002 and seq = 1)", "the words of event 1");
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Harm))]
    public async Task A_changed_removed_or_moved_event_is_found_by_its_case_and_place(string kind, string sql, string found)
    {
        await using var desk = await Cases(kind);
        Assert.Empty(await Wrong(desk));
        await BackupDesk.Tamper(desk.Database, sql);
        Assert.Contains(await Wrong(desk), sentence => sentence.StartsWith("Case 1001: ", StringComparison.Ordinal) && sentence.Contains(found));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Two_events_that_changed_places_are_found(string kind)
    {
        await using var desk = await Cases(kind);
        await BackupDesk.Tamper(desk.Database, "update events set seq = seq + 100 where case_number = 1001 and seq in (2, 3)");
        await BackupDesk.Tamper(desk.Database, "update events set seq = case seq when 102 then 3 else 2 end where case_number = 1001 and seq > 100");
        Assert.StartsWith("Case 1001: event 2 (", Assert.Single(await Wrong(desk)));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_stored_file_that_rotted_or_went_missing_is_found(string kind)
    {
        await using var demo = await DemoDesk.Start(kind);
        var desk = demo.Desk;
        Assert.Empty(await Wrong(desk));
        await BackupDesk.Tamper(desk.Database, $"update blobs set data = (select hash from events limit 1) where digest = (select digest from attachments where id = {demo.File})");
        Assert.Contains("is not as it was stored", Assert.Single(await Wrong(desk)));
        await BackupDesk.Tamper(desk.Database, $"delete from blobs where digest = (select digest from attachments where id = {demo.File})");
        Assert.StartsWith($"The attachment {demo.File} is not stored", Assert.Single(await Wrong(desk)));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_command_ends_with_one_when_something_is_wrong(string kind)
    {
        await using var desk = await Cases(kind);
        var line = _files.Line(desk.Get<Amends.Web.Surroundings>().Database);
        Assert.Equal(0, await Verify.Run(line));
        await BackupDesk.Tamper(desk.Database, "delete from events where case_number = 1002 and seq = 1");
        Assert.Equal(1, await Verify.Run(line));
    }

    public void Dispose() => _files.Dispose();

    private static async Task<List<string>> Wrong(Desk desk)
    {
        var sentences = new List<string>();
        await using var snapshot = await Snapshot.Take(desk.Database);
        await VerifyChains.Run(snapshot, sentences.Add);
        await VerifyContent.Run(snapshot, sentences.Add);
        return sentences;
    }

    /// <summary>Cases 1001 and 1002, of one customer, with some events each.</summary>
    private static async Task<Desk> Cases(string kind)
    {
        var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var (customer, _) = await desk.AddCustomer("Amara Okafor");
        for (var i = 0; i < 2; i++)
        {
            var number = await desk.Database.Write(unit => Data.Intake.Open(unit, desk.Cases, new Data.Company(),
                new Data.NewCase(Channel.Phone, CaseKind.Complaint, "Lid", "No lid", customer, jo, desk.Clock.Now, jo)));
            await desk.Cases.Change(number, c => c.KeepPromise("call you", desk.Clock.Now.AddHours(30), jo, new Data.Company().Calendar(), desk.Clock.Now));
            await desk.Cases.Change(number, async (c, unit) =>
                c.Note(await Data.Conversation.Add(unit, number, new Data.NewMessage(Data.Direction.Note, Channel.Page, "Jo", $"The lid of case {number} is on its way.", desk.Clock.Now)), jo, desk.Clock.Now));
        }

        return desk;
    }
}
