using System.IO.Compression;
using Amends.Commands;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;
using Amends.Domain.People;
using Dapper;

namespace Amends.Tests.Commands;

public sealed class BackupTests : IDisposable
{
    /// <summary>Tables of the schema step 0007 and later.</summary>
    private static readonly string[] Newer = ["drafts", "held_replies", "held_files", "case_reads", "api_tokens", "api_writes", "improvements", "address_bounces", "forwards", "invitations", "dkim_keys", "choice_codes", "mail_ignored", "mail_grants", "call_times", "call_turns", "returns", "return_numbers", "visit_times", "vouchers", "money_given", "money_turns", "budgets", "delegations", "authority_log", "ledger_lines", "ledger_head", "holiday_calendars", "letters", "notes", "form_drafts", "call_log", "playbook_versions", "content_versions", "payments", "customer_merges", "private_keys", "customer_merge_items", "follow_ons", "customers_apart", "private_entries", "customer_log", "signal_corrections", "practice_runs", "gift_checks", "law_checks", "private_shares", "referrals", "draft_readings", "provider_events", "shift_swaps", "case_representatives", "tone_corrections", "owed_lines", "extra_stock", "extras_held", "product_stock", "improvement_cases", "phone_calls", "phone_days", "alerts", "alert_cases", "outreaches", "outreach_letters", "question_marks", "model_calls", "tones", "tone_samples", "assumption_changes", "acquisition_spend", "mentions", "learn_weeks", "learn_cases", "voice_surveys", "work_signs", "case_work", "case_costs", "improvement_moves", "improvement_evidence", "improvement_letters", "case_facts", "worth_facts", "regulatory_facts", "regulatory_counts", "report_counts", "report_due", "report_reader", "order_due", "trait_counts", "report_mails", "report_letters", "exports", "teams", "team_categories", "team_log"];

    /// <summary>Columns that the step 0014 gave to mailboxes.</summary>
    private static readonly string[] Fetching = ["protocol", "start_at", "start_mark", "keep_on_server", "grant_id", "compared_modseq", "compared_uid", "compared_count", "compared_whole_at"];

    private readonly BackupDesk _files = new();

    public static TheoryData<string, string> EachIntoEach => new() { { "sqlite", "sqlite" }, { "sqlite", "postgres" }, { "postgres", "sqlite" }, { "postgres", "postgres" } };

    [Theory, MemberData(nameof(EachIntoEach))]
    public async Task A_backup_of_either_database_restores_into_either_with_every_row(string from, string to)
    {
        await using var demo = await DemoDesk.Start(from);
        await demo.Desk.Database.Write(async unit => // what the demo has none of
        {
            await unit.Run("insert into dkim_keys (domain, selector, private_key, record, made_at) values ('desk.example', 'one', 'sealed', 'v=DKIM1; p=', 1)");
            await unit.Run("insert into choice_codes (case_number, offer_id, option_id, code_hash, made_at, expires_at) values (1001, 1, 1, 'hash', 1, 2)");
            await unit.Run("insert into extras_held (case_number, offer_id, item, pieces, chosen) values (1001, 1, 'extra.spare_part', 1, 0)");
            await unit.Run("insert into outreach_letters (outreach_id, customer_id, address, state, due_at) select min(id), 1, 'amara@customer.example', 1, 1 from outreaches");
            await unit.Run("insert into assumption_changes (name, low, middle, high, source, dated, grade, person_id, at) select 'retention', 1, 2, 3, 'A count', '', 2, min(id), 1 from people");
            await unit.Run("insert into work_signs (person_id, case_number, at) select min(id), 1001, 1 from people");
            await unit.Run("insert into order_due (placed_at, product, lot, carrier, supplier, site, n) values (1, 'Kettle', '', '', '', '', 1)");
            await unit.Run("insert into improvement_cases (improvement_id, case_number, remedy_id) select min(id), 1001, 1 from improvements");
        });
        var file = await _files.Take(demo.Desk);
        var before = await BackupDesk.Rows(demo.Desk.Database);
        await using var restored = Database.Open(await _files.Fresh(to));
        Assert.Empty(await BackupDesk.Restore(file, restored));

        Assert.Empty(Tables.Differences(before, await BackupDesk.Rows(restored)));
        Assert.All(before.Keys.Except(["held_replies", "held_files", "jobs", "drafts", "case_reads", "answered_forms", "mailboxes", "automatic_answers", "protection_keys", "sign_in_tries", "api_tokens", "api_writes", "improvements", "address_bounces", "forwards", "invitations", "dkim_keys", "choice_codes", "mail_ignored", "mail_grants", "call_times", "call_turns", "returns", "return_numbers", "visit_times", "vouchers", "money_given", "money_turns", "budgets", "delegations", "authority_log", "ledger_lines", "ledger_head", "holiday_calendars", "letters", "form_drafts", "playbook_versions", "payments", "customer_merges", "signal_corrections", "customer_merge_items", "gift_checks", "provider_events", "law_checks", "customers_apart", "tone_corrections", "question_marks", "model_calls", "tone_samples", "report_due"]), table => Assert.NotEmpty(before[table]));
        await using var snapshot = await Snapshot.Take(restored);
        Assert.True((await VerifyChains.Run(snapshot, sentence => Assert.Fail(sentence))).Cases > 80);
        Assert.True(await VerifyContent.Run(snapshot, sentence => Assert.Fail(sentence)) > 0);
    }

    [Theory, MemberData(nameof(EachIntoEach))]
    public async Task A_restored_desk_finds_old_words_and_numbers_new_cases_after_the_old_ones(string from, string to)
    {
        string file;
        long last;
        await using (var desk = await Desk.Start(from))
        {
            var jo = await desk.AddPerson("Jo", Role.Agent);
            last = await Open(desk, jo, "The teapot arrived without its lid");
            last = await Open(desk, jo, "Also the second one");
            file = await _files.Take(desk);
        }

        var fresh = await _files.Fresh(to);
        await using (var database = Database.Open(fresh))
            await BackupDesk.Restore(file, database);
        await using var again = Database.Open(fresh);
        var match = again.Dialect == "sqlite" ? "search match 'teapot'" : "words @@ to_tsquery('simple', 'teapot')";
        Assert.Equal(last - 1, await again.Read(connection => connection.ExecuteScalarAsync<long>($"select max(case_number) from search where {match}")));
        var next = await again.Write(unit => unit.Value<long>(
            "insert into cases (version, customer_id, stage, kind, channel, severity, subject, opened_at, last_message_at, chain_length, chain_head, state) select 0, min(id), 1, 1, 1, 1, '', 0, 0, 0, @head, '{}' from customers returning number",
            new { head = Array.Empty<byte>() }));
        Assert.Equal(last + 1, next);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_file_that_cannot_be_compressed_takes_no_more_room_in_a_backup_than_it_has_bytes(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var file = new byte[2 << 20];
        new Random(1).NextBytes(file);
        var without = new FileInfo(await _files.Take(desk, "without.zip")).Length;
        var digest = await desk.Database.Write(unit => Blobs.Put(unit, file));
        var with = await _files.Take(desk, "with.zip");
        Assert.InRange(new FileInfo(with).Length - without, file.Length, file.Length * 1.02);

        await using var restored = Database.Open(await _files.Fresh(kind));
        await BackupDesk.Restore(with, restored);
        Assert.Equal(file, await Blobs.Get(restored, digest));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_backup_taken_while_units_are_written_holds_whole_units_only(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await desk.Database.Write(unit => Customers.FindOrAdd(unit, $"c{writer}-{i}@customer.example", $"C {i}", null, desk.Clock.Now));
        }).ToList();
        var counts = new List<(long Customers, long Addresses)>();
        for (var round = 0; round < 5; round++)
        {
            await Task.Delay(100);
            var manifest = await TakeBackup.Run(desk.Database, _files.At($"b{round}.zip"), null, desk.Clock.Now);
            counts.Add((manifest.Tables.Single(table => table.Name == "customers").Rows, manifest.Tables.Single(table => table.Name == "customer_addresses").Rows));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.All(counts, each => Assert.Equal(each.Customers, each.Addresses));
        Assert.True(counts[^1].Customers > counts[0].Customers);
        await using var restored = Database.Open(await _files.Fresh(kind));
        await BackupDesk.Restore(_files.At("b4.zip"), restored);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Only_an_empty_database_takes_a_backup_unless_replacing_is_said(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.AddPerson("Jo", Role.Owner);
        var file = await _files.Take(desk);
        var used = await _files.Fresh(kind);
        await In(used, database => BackupDesk.Restore(file, database));
        await In(used, database => BackupDesk.Tamper(database, "update people set name = 'Somebody else'"));
        Assert.Equal("not_empty", (await Assert.ThrowsAsync<Refused>(() => In(used, database => BackupDesk.Restore(file, database)))).Code);
        Assert.Equal("Somebody else", await NameIn(used));
        await In(used, database => BackupDesk.Restore(file, database, new RestoreChoices(Replace: true)));
        Assert.Equal("Jo", await NameIn(used));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_database_that_a_running_program_has_open_is_not_replaced(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.AddPerson("Jo", Role.Owner);
        var file = await _files.Take(desk);
        var address = desk.Get<Amends.Web.Surroundings>().Database;
        await using var other = Database.Open(address);
        Assert.Equal("running", (await Assert.ThrowsAsync<Refused>(() => BackupDesk.Restore(file, other, new RestoreChoices(Replace: true)))).Code);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_backup_of_an_older_schema_is_brought_up_to_date(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(new Company { Name = "Kettles" }); // a row of a table whose columns are as they were
        Change(await _files.Take(desk), _files.At("older.zip"), manifest => manifest with
        {
            Steps = [.. manifest.Steps.Where(step => string.CompareOrdinal(step, "0007") < 0)],
            Tables = [.. manifest.Tables.Where(table => !Newer.Contains(table.Name)).Select(table => table with { Columns = [.. table.Columns.Except(["step", "with_customer", "message_id", "second_look", "sealed_for", "has_choice", "trust", "trust_detail", "call_at", "approval_at", "urgency", "snoozed_until", "reply_due_at", "is_hard", "mood", "payment", "silent_since", "stop_sale_at", "unanswered_at", "duty_due_at", "goes_on_in", "letters_off_at", "through", "category", "merged_into", "sent_by", "preferred_name", "looked_at", "preferred_channel", "looked_by", "support", "support_words", "support_agreed_at", "representative", "serial", "supplier", "site", "cause", "first_category", "confirmed_category", "team_id", .. Fetching])] })],
        });
        using (var zip = ZipFile.Open(_files.At("older.zip"), ZipArchiveMode.Update))
        {
            foreach (var entry in zip.Entries.Where(entry => Newer.Any(table => entry.FullName == $"tables/{table}.jsonl")).ToList())
                entry.Delete();
        }

        await using var database = Database.Open(await _files.Fresh(kind));
        Assert.Contains("0007_drafts", await BackupDesk.Restore(_files.At("older.zip"), database));
        Assert.Empty(await new Migrator(database).Run());
        Assert.Equal(await Tables.Names(desk.Database), await Tables.Names(database));
        Assert.Contains((await Tables.Dump(database))["settings"], row => row.Contains("Kettles", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_of_a_newer_schema_or_form_is_refused()
    {
        await using var desk = await Desk.Start();
        var file = await _files.Take(desk);
        Change(file, _files.At("newer.zip"), manifest => manifest with { Steps = [.. manifest.Steps, "9999_tomorrow"] });
        Change(file, _files.At("form.zip"), manifest => manifest with { FormatVersion = 2 });
        await using var database = Database.Open(await _files.Fresh("sqlite"));
        Assert.Contains("9999_tomorrow", (await Assert.ThrowsAsync<Refused>(() => BackupDesk.Restore(_files.At("newer.zip"), database))).Message);
        Assert.Equal("newer", (await Assert.ThrowsAsync<Refused>(() => BackupDesk.Restore(_files.At("form.zip"), database))).Code);
    }

    [Fact]
    public async Task The_file_is_for_its_owner_alone_and_no_part_of_one_is_left_when_it_fails()
    {
        await using var desk = await Desk.Start();
        var file = await _files.Take(desk);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await File.WriteAllTextAsync(_files.At("old.zip"), "the one of yesterday");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TakeBackup.Run(desk.Database, _files.At("old.zip"), null, desk.Clock.Now, new CancellationToken(true)));
        Assert.Equal("the one of yesterday", await File.ReadAllTextAsync(_files.At("old.zip")));
        Assert.Empty(Directory.GetFiles(_files.Folder, "*.part"));
        Assert.Equal("nothing", (await Assert.ThrowsAsync<Refused>(() => Backup.Run(_files.Line("sqlite:" + _files.At("no.db"), _files.At("no.zip"))))).Code);
        Assert.False(File.Exists(_files.At("no.db")));
    }

    public void Dispose() => _files.Dispose();

    internal static void Change(string file, string to, Func<BackupManifest, BackupManifest> change)
    {
        File.Copy(file, to);
        using var zip = ZipFile.Open(to, ZipArchiveMode.Update);
        var entry = zip.GetEntry(BackupManifest.Entry)!;
        BackupManifest manifest;
        using (var stream = entry.Open())
            manifest = System.Text.Json.JsonSerializer.Deserialize<BackupManifest>(stream, BackupManifest.Json)!;
        entry.Delete();
        using var last = zip.CreateEntry(BackupManifest.Entry).Open();
        System.Text.Json.JsonSerializer.Serialize(last, change(manifest), BackupManifest.Json);
    }

    /// <summary>A program of its own that has ended afterwards.</summary>
    private static async Task In(string address, Func<Database, Task> what)
    {
        await using var database = Database.Open(address);
        await what(database);
    }

    private static async Task<string?> NameIn(string address)
    {
        await using var database = Database.Open(address);
        return await database.Read(connection => connection.ExecuteScalarAsync<string>("select name from people"));
    }

    private static async Task<long> Open(Desk desk, Actor jo, string story)
    {
        var (customer, name) = await desk.AddCustomer("Amara Okafor");
        return await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, new Company(),
            new NewCase(Domain.Cases.Channel.Phone, Domain.Cases.CaseKind.Complaint, story, story, customer, jo, desk.Clock.Now, jo)));
    }
}
