using System.Net;
using System.Text.Json;
using Amends.Commands;
using Amends.Commands.Listening;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Web;

namespace Amends.Tests.Features.Reports;

/// <summary>How well it hears here: the report, a sample that is read blind, and the way from corrections to a model of one's own.</summary>
public sealed class HearingTests
{
    private const string Furious = "This is the THIRD time I write and you ignore me! I am furious, your driver was rude and the lamp is broken again. What a disgrace.", Asking = "Good morning. When do you open on Saturday? Thank you for the kind help.";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_heard_stands_beside_what_people_read_and_a_sample_is_read_without_seeing_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var numbers = new List<long>();
        for (var i = 0; i < 12; i++)
            numbers.Add(await Open(desk, $"Customer {i}", i % 3 == 0 ? Furious : Asking));
        Assert.Equal(12, await desk.Value<long>("select count(*) from tones where language = 'en'"));
        var furious = (await desk.Cases.Find(numbers[0]))!.Tone!.Level;
        Assert.True(furious >= UpsetLevel.Upset);

        var empty = await lea.Open("/reports/hearing");
        Assert.Contains("Nothing yet.", empty.Words("main"));
        Assert.Contains("The shipped model.", empty.Words("main"));
        Assert.Equal(HttpStatusCode.SeeOther, (await lea.Send($"/cases/{numbers[0]}/tone", $"/cases/{numbers[0]}/tone", new() { ["message"] = "0", ["level"] = "annoyed" })).StatusCode);

        // the sample: drawn by chance, read by words alone
        const string Sample = "/reports/hearing/sample";
        Assert.Contains("Nothing to read", (await lea.Open(Sample)).Words("main"));
        Assert.Equal(HttpStatusCode.SeeOther, (await lea.Send(Sample, Sample + "/draw")).StatusCode);
        Assert.Equal(12, await desk.Value<long>("select count(*) from tone_samples")); // those that were corrected, too
        await lea.Send(Sample, Sample + "/draw");
        Assert.Equal(12, await desk.Value<long>("select count(*) from tone_samples"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send(Sample, Sample, new() { ["case"] = $"{numbers[0]}", ["message"] = "0", ["level"] = "cross" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send(Sample, Sample)).StatusCode);
        for (var i = 0; i < 12; i++)
        {
            var page = await lea.Open(Sample);
            Assert.Null(page.QuerySelector("main .mood"));
            Assert.Null(page.QuerySelector("main u"));
            var isFurious = page.Words("main blockquote").Contains("furious", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.SeeOther, (await lea.Send(Sample, Sample, new()
            {
                ["case"] = page.QuerySelector("[name=case]")!.GetAttribute("value")!, ["message"] = "0", ["level"] = i == 11 ? "unclear" : isFurious ? "very_upset" : "calm",
            })).StatusCode);
        }

        await desk.Get<HearingDesk>().Keep(numbers[0], 0, UpsetLevel.Calm, 1, desk.Clock.Now); // the first reading stays
        var report = await desk.Get<HearingDesk>().Read(30, desk.Clock.Now, TimeZoneInfo.Utc);
        Assert.Equal((12, 11, 1, 0, 1), (report.All, report.Sample.Messages.Count, report.Unclear, report.Waiting, report.Corrected.Messages.Count));
        Assert.Equal((8, 4), (report.Heard[(int)UpsetLevel.Calm], report.Heard[(int)furious]));
        var (read, angry) = (await desk.Value<long>("select count(*) from tone_samples where level is not null"), await desk.Value<long>("select count(*) from tone_samples where level = 3"));
        Assert.Equal((int)(furious == UpsetLevel.VeryUpset ? read : read - angry), report.Sample.Same.Hits);
        Assert.Equal((11, 11), (report.Sample.WithinOne.Hits, report.Sample.WithinOne.Of));
        Assert.Equal(1, report.Corrected.At(furious, UpsetLevel.Annoyed));
        Assert.Equal((1, 12), (report.Share.Hits, report.Share.Of));

        var shown = (await lea.Open("/reports/hearing?days=30")).Words("main");
        foreach (var words in (string[])["This is a biased sample", "11 of 11", "1 of 12", "n is too small", "Language en", "March 2026"])
            Assert.Contains(words, shown);
        var page30 = await lea.Open("/reports/hearing?days=30");
        var links = page30.QuerySelectorAll("main a[href*='hearing/cases']").Select(link => (Address: link.GetAttribute("href")!, Figure: link.FirstChild!.TextContent)).ToList();
        Assert.InRange(links.Count, 20, 80);
        foreach (var (address, figure) in links.Where(link => int.TryParse(link.Figure, out _)))
            Assert.True(int.Parse(figure, System.Globalization.CultureInfo.InvariantCulture) == (await lea.Open(address)).QuerySelectorAll("main tbody tr").Length, $"{address} counts {figure}"); // one message a case here
        foreach (var wrong in (string[])["of=all", "heard=cross", "how=9", "month=soon"])
            Assert.Equal(HttpStatusCode.NotFound, (await lea.GetAsync("/reports/hearing/cases?" + wrong)).StatusCode);
        var csv = await lea.GetStringAsync("/reports/hearing/export?days=30");
        Assert.StartsWith("part,group,figure,hits,of,share,low,high\nheard,all,calm,8,12,0.6667,", csv);
        Assert.Contains("sample,all,one level off at the most,11,11,1.0000,0.7412,1.0000\n", csv);
        Assert.Contains($"corrected,heard {furious.Code()},read annoyed,1,1,,,\n", csv);
        desk.Clock.Now += TimeSpan.FromDays(40);
        Assert.Equal(0, (await desk.Get<HearingDesk>().Read(30, desk.Clock.Now, TimeZoneInfo.Utc)).All);
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        Assert.Equal(HttpStatusCode.Forbidden, (await jo.GetAsync("/reports/hearing")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_heard_before_there_were_rows_for_it_gets_them_from_the_cases_and_what_the_case_adds_is_in_lists_and_json(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var number = await Open(desk, "Amara", Furious);
        await desk.Cases.Change(number, @case => @case.Hear(77, Channel.Mail, Actor.Customer(1, "Amara"), new Company().Calendar(), desk.Clock.Now.AddDays(8), tone: new Domain.Listening.Tone(UpsetLevel.Upset, 700, true, []) { Language = "fr" }));
        Task<IReadOnlyList<string>> Rows() => desk.Database.Read(async connection => (IReadOnlyList<string>)[.. await Dapper.SqlMapper.QueryAsync<string>(connection, "select case_number || ' ' || message_id || ' ' || at || ' ' || heard || ' ' || score || ' ' || language || ' ' || is_fallback from tones order by at")]);
        var before = await Rows();
        Assert.Equal(2, before.Count);
        Assert.EndsWith(" 2 700 fr 1", before[1]);
        var fill = new Migrator(desk.Database).Steps().Single(step => step.Name.Contains("0054", StringComparison.Ordinal)).Statements.Single(each => each.Contains("insert into tones", StringComparison.Ordinal));
        await desk.Database.Write(async unit =>
        {
            await unit.Run("delete from tones");
            await unit.Run(fill);
        });
        Assert.Equal(before, await Rows());

        Assert.Equal((3, (int)Urgency.Serious), (await desk.Value<long>("select mood from cases"), (int)await desk.Value<long>("select urgency from cases"))); // upset words, eight days later
        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        Assert.Contains("Because 8 days went by and it is not put right: 120 more.", (await lea.Open($"/cases/{number}/tone")).Words("main section"));
        using var shop = await Api.Programs.AsProgram(desk, "Shop", Scopes.CasesRead);
        var tone = (await Api.Programs.Get(shop, $"/api/v1/cases/{number}")).GetProperty("tone");
        Assert.Equal(("upset", 700, "fr", "very_upset", 820, "waited"), (tone.GetProperty("level").GetString(), tone.GetProperty("score").GetInt32(), tone.GetProperty("language").GetString(), tone.GetProperty("case").GetProperty("level").GetString(), tone.GetProperty("case").GetProperty("score").GetInt32(), tone.GetProperty("case").GetProperty("reasons")[0].GetProperty("cause").GetString()));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_people_read_is_exported_trained_with_and_heard_with_on_this_installation_alone(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("amends-hearing-").FullName;
        string At(string name) => Path.Combine(folder, name);
        byte[] model;
        await using (var desk = await Desk.Start(kind))
        {
            using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
            var (plain, gone, erased) = (await Open(desk, "Amara", "The lamp is blue."), await Open(desk, "Tom", "The lamp is red."), await Open(desk, "Mia", "The lamp is green."));
            foreach (var number in new[] { plain, gone, erased })
                Assert.Equal(HttpStatusCode.SeeOther, (await lea.Send($"/cases/{number}/tone", $"/cases/{number}/tone", new() { ["message"] = "0", ["level"] = "very_upset" })).StatusCode);
            await desk.Database.Write(async unit =>
            {
                await unit.Run("update customers set text_key = @none where name = 'Mia'", new { none = Array.Empty<byte>() });
                var state = CaseJson.State((await unit.Value<string>("select state from cases where number = @gone", new { gone }))!) with { Story = "" };
                await unit.Run("update cases set state = @state where number = @gone", new { gone, state = CaseJson.Write(state) });
            });

            var line = new CommandLine(["--out", At("read.jsonl")], desk.Get<Surroundings>());
            Assert.Equal(0, await ListeningExport.Run(line));
            var entry = Assert.Single((await File.ReadAllLinesAsync(At("read.jsonl"))).Select(text => JsonDocument.Parse(text).RootElement));
            Assert.Equal(($"{plain}-0", "The lamp is blue.", "very_upset", "correction", "train"), (entry.GetProperty("id").GetString(), entry.GetProperty("text").GetString(), entry.GetProperty("level").GetString(), entry.GetProperty("source").GetString(), entry.GetProperty("part").GetString()));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("read.jsonl")));
            Assert.Equal(CommandLine.Wrong, await ListeningExport.Run(line with { Args = [] }));

            await Published(folder);
            await File.AppendAllTextAsync(At("read.jsonl"), """{"id":"9-0","text":"La lampe est bleue.","level":"very_upset","language":"fr"}""" + "\n");
            Assert.Equal(0, await ListeningTrain.Run(line with { Args = ["--data", folder, "--out", At("own.model"), "--corrections", At("read.jsonl")] }));
            Assert.Equal(0, await ListeningTrain.Run(line with { Args = ["--data", folder, "--out", At("without.model")] }));
            model = await File.ReadAllBytesAsync(At("own.model"));
            var card = ModelCard.Beside(At("own.model"))!;
            Assert.Equal((17, 1, ListeningData.OfCorrections), (card.Texts, card.Corrections, card.Weight)); // French is passed over
            float Score(byte[] file) => new Ear(UpsetModel.Read(file)).HearEnglish("The lamp is blue.").Score;
            Assert.True(Score(model) > Score(await File.ReadAllBytesAsync(At("without.model"))));
        }

        await using (var own = await Desk.Start(kind, change: (surroundings, _) => Put(surroundings, model)))
        {
            Assert.Equal(model.Length, own.Get<Ear>().Own!.Size);
            var heard = (await own.Cases.Find(await Open(own, "Amara", "The lamp is blue.")))!.Tone!.Tone;
            Assert.Equal((int)MathF.Round(new Ear(UpsetModel.Read(model)).Hear("The lamp is blue.").Score * 1000), heard.Score);
            using var lea = await own.SignIn(await own.AddPerson("Lea", Role.Lead));
            Assert.Contains($"This installation's own model, made on", (await lea.Open("/reports/hearing")).Words("main"));
        }

        if (kind == "sqlite")
        {
            await using var damaged = await Desk.Start(change: (surroundings, _) => Put(surroundings, model[..^1]));
            Assert.Null(damaged.Get<Ear>().Own);
            using var lea = await damaged.SignIn(await damaged.AddPerson("Lea", Role.Lead));
            Assert.Contains("is not used, and the shipped model hears: This is no model", (await lea.Open("/reports/hearing")).Words("main"));
            Assert.Equal(Ear.Shipped.Hear(Furious).Score, damaged.Get<Ear>().Hear(Furious).Score);
        }

        Directory.Delete(folder, true);
    }

    private static void Put(Surroundings surroundings, byte[] model)
    {
        var file = OwnModel.PathIn(surroundings.Data);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, model);
    }

    /// <summary>A handful of texts in the form of the published sets.</summary>
    private static async Task Published(string folder)
    {
        string[] angry = ["I am furious about the parcel", "How rude your driver was", "Nobody answered me again, useless", "You ruined my weekend"], calm = ["The lamp is lovely, thank you", "What a kind driver", "The lamp is on the table", "I bought a lamp"];
        await File.WriteAllLinesAsync(Path.Combine(folder, "goemotions.jsonl"),
            angry.Select(text => JsonSerializer.Serialize(new { text, labels = new[] { "anger" }, angry = 1, upset = 1 })).Concat(calm.Select(text => JsonSerializer.Serialize(new { text, labels = new[] { "joy" }, angry = 0, upset = 0 }))));
        foreach (var file in (string[])["banking77.jsonl", "clinc150.jsonl"])
            await File.WriteAllLinesAsync(Path.Combine(folder, file), ((string[])["When do you open", "Please change my address", "Where is my card", "What is my balance"]).Select(text => JsonSerializer.Serialize(new { text })));
    }

    private static async Task<long> Open(Desk desk, string name, string words)
    {
        var customer = await desk.AddCustomer(name);
        return await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, new Company { AssignAtOnce = false }, new NewCase(Channel.Mail, CaseKind.Complaint, "Lamp", words, customer.Id, Actor.Customer(customer.Id, customer.Name), desk.Clock.Now),
            _ => new NewMessage(Direction.In, Channel.Mail, customer.Name, words, desk.Clock.Now)));
    }
}
