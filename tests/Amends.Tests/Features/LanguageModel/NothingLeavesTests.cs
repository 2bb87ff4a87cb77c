using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Amends.Data;
using Amends.Domain.People;
using Amends.Mail.Smtp;
using Amends.Tests.Channels.Email;
using Amends.Tests.Servers;

namespace Amends.Tests.Features.LanguageModel;

/// <summary>
/// Nothing leaves the machine: the real program runs as a process of its own, with all its loops, and every connection that it begins, every name that it looks up and every request that
/// it makes is written down from inside its runtime. Who sent a mail is looked up by name servers, which is a matter of mail, so that is off here.
/// </summary>
public sealed class NothingLeavesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amends-watch-").FullName;
    private readonly int _smtp = OwnProcess.FreePort();
    private readonly string _url = $"http://127.0.0.1:{OwnProcess.FreePort()}";

    private string Watched => Path.Combine(_folder, "watched.txt");

    [Fact]
    public async Task With_the_model_off_a_whole_case_is_handled_without_one_connection_and_with_it_on_the_watch_sees_the_one_that_a_person_sends()
    {
        await using var model = await FakeModel.Start();
        await Prepare();
        using var program = Start();
        try
        {
            using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(_url), Timeout = TimeSpan.FromSeconds(60) };
            await Ready(program, browser);
            await Walk(browser);
            Assert.Equal("", Seen());

            // the same watch, with the model on: looking sends nothing, sending is seen
            var saved = await browser.Send("/settings/language-model", "/settings/language-model", new() { ["Address"] = model.Url, ["Model"] = "large", ["Gist"] = "on", ["Then"] = "save" });
            Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
            const string at = "/cases/1001/language-model";
            Assert.Contains("Nothing has been sent yet", await browser.GetStringAsync(at + "?task=gist"));
            Assert.Equal("", Seen());
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.Ask(1001, new() { ["Task"] = "gist" })).StatusCode);
            Assert.Single(model.Asked);
            var port = new Uri(model.Url).Port;
            var seen = Seen().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains(seen, line => line.StartsWith("ConnectStart ", StringComparison.Ordinal) && line.Contains($"{port >> 8},{port & 255},", StringComparison.Ordinal));
            Assert.Contains(seen, line => line.StartsWith($"RequestStart http 127.0.0.1 {port.ToString(CultureInfo.InvariantCulture)} /v1/chat/completions", StringComparison.Ordinal));
            Assert.All(seen, line => Assert.True(line.Contains($" {port.ToString(CultureInfo.InvariantCulture)} ", StringComparison.Ordinal) || line.Contains($"{port >> 8},{port & 255},", StringComparison.Ordinal), line)); // that, and nothing else
        }
        finally
        {
            await OwnProcess.End(program, null);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Seen() => File.Exists(Watched) ? File.ReadAllText(Watched) : "";

    private async Task Prepare()
    {
        await using var database = Database.Open("sqlite:" + Path.Combine(_folder, "amends.db"));
        await new Migrator(database).Run();
        await new StoredSettings(database, TimeProvider.System).Set(new Company { Name = "Kettle & Co", MailFrom = MailDesk.Ours, PublicUrl = _url, IsSetUp = true });
        await database.Write(unit => unit.Run("insert into people (name, email, email_key, role, password_hash, created_at) values ('Ona', 'ona@desk.example', @key, @role, @hash, 0)", new { key = Customers.KeyOf("ona@desk.example"), role = (int)Role.Owner, hash = Browserless.PasswordHash }));
    }

    /// <summary>The program as it was built beside the tests, with the watch inside.</summary>
    private Process Start()
    {
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Amends", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), OperatingSystem.IsWindows() ? "amends.exe" : "amends"));
        Assert.True(File.Exists(built), $"{built} was not built");
        var start = new ProcessStartInfo(built, "serve") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AMENDS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AMENDS_DATA"] = _folder;
        start.Environment["AMENDS_DATABASE"] = "sqlite:" + Path.Combine(_folder, "amends.db");
        start.Environment["AMENDS_URLS"] = _url;
        start.Environment["AMENDS_SMTP_LISTEN"] = $"127.0.0.1:{_smtp.ToString(CultureInfo.InvariantCulture)}";
        start.Environment["AMENDS_DNS"] = "off";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(NothingLeavesTests).Assembly.Location;
        start.Environment[StartupHook.FileName] = Watched;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task Ready(Process program, HttpClient browser)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await browser.GetAsync("/readyz")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not yet
            }

            Assert.True(tries < 600 && !program.HasExited, "The program does not start.");
            await Task.Delay(50);
        }
    }

    /// <summary>A case from its mail to a reply, with everything about words on the way.</summary>
    private async Task Walk(HttpClient browser)
    {
        await using (var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = _smtp, Security = SmtpSecurity.None }))
        {
            var mail = MailDesk.Mail("Amara Okafor <amara@customer.example>", "The kettle leaks", "You idiots! The kettle leaks on my new table, see https://shop.example/kettle. I am furious, and I will go to my lawyer. Nobody rang me back.");
            Assert.Equal(SmtpResult.Accepted, (await client.Send("amara@customer.example", [MailDesk.Ours], Encoding.UTF8.GetBytes(mail), TestContext.Current.CancellationToken)).Result);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send("/sign-in", "/sign-in", new() { ["email"] = "ona@desk.example", ["password"] = Browserless.Password })).StatusCode);
        for (var tries = 0; (await browser.GetAsync("/cases/1001")).StatusCode != HttpStatusCode.OK; tries++)
        {
            Assert.True(tries < 200, "The mail becomes no case.");
            await Task.Delay(50);
        }

        const string at = "/cases/1001";
        foreach (var page in (string[])[at, at + "/tone", at + "/summary/new", at + "/actions", at + "/language-model", at + "/second-reader", at + "/questions", "/inbox/team", "/today", "/search?q=kettle", "/search/suggest?q=kettle", "/settings/wording", "/settings/language-model", "/settings/language-model/log", "/customers?q=amara", "/practices", "/content"])
            Assert.True((await browser.GetAsync(page)).StatusCode == HttpStatusCode.OK, page);
        await Done(browser, at, at + "/wording", new() { ["text"] = "Dear Amara,\n\nplease calm down. It is our policy." });
        await Done(browser, "/settings/wording", "/settings/wording/try", new() { ["text"] = "Unfortunately we cannot help.", ["language"] = "en" });
        await Done(browser, at + "/tone", at + "/summaries", new() { ["Outcome"] = "A kettle", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks on my new table", ["Matters"] = "Nobody rang me back", ["Promised"] = "An answer by Friday", ["Then"] = "save" }, HttpStatusCode.SeeOther);
        await Done(browser, at, at + "/language-model", new() { ["Task"] = "summary" }, HttpStatusCode.UnprocessableEntity);
        await Done(browser, at, at + "/messages", new() { ["kind"] = "note", ["text"] = "She is right." }, HttpStatusCode.SeeOther);
        await Done(browser, at, at + "/messages", new() { ["kind"] = "reply", ["seen"] = "999999", ["text"] = "Dear Amara,\n\nthe lid of your kettle did not close, which is our mistake. I have sent you a new kettle today.\n\nOna" }, HttpStatusCode.SeeOther);
        await Task.Delay(TimeSpan.FromSeconds(2)); // its loops have gone round
    }

    private static async Task Done(HttpClient browser, string page, string action, Dictionary<string, string> fields, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await browser.Send(page, action, fields);
        Assert.True(answer.StatusCode == status, $"{action} answered {answer.StatusCode}");
    }
}
