using System.Net;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Features.Approvals;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>Whatever a program sends: it is done, or refused in words, and never a failure of ours.</summary>
public sealed class HostileBodyTests
{
    private const int Rounds = 22;

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task No_body_to_any_write_is_a_failure_of_ours(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Manager));
        var numbers = await Cases(desk, jo);
        HttpClient[] programs =
        [
            await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.CasesWrite, Scopes.RecoveryWrite, Scopes.CustomersWrite), await desk.ActingFor(lea, "Head", Scopes.CasesRead, Scopes.CasesWrite, Scopes.RecoveryWrite, Scopes.CustomersWrite),
        ];
        using var anybody = desk.Browser();
        var description = JsonDocument.Parse(await anybody.GetStringAsync("/api/v1/openapi.json")).RootElement;
        var writes = description.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("post", out _) && path.Name != "/api/v1/wording").ToList(); // that one writes nothing
        Assert.True(writes.Count > 75);
        var chance = new Random(20260304);
        var bodies = new RandomBodies(description, chance, desk.Clock.Now);
        var answers = new Dictionary<HttpStatusCode, int>();
        var done = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var write in writes)
            {
                if (write.Name.EndsWith("/closing", StringComparison.Ordinal) && chance.Next(20) > 0)
                    continue; // or there soon is no open case
                var (number, id) = (numbers[chance.Next(numbers.Count)], chance.Next(1, 3));
                var path = write.Name.Replace("{number}", $"{number}").Replace("{id}", $"{id}").Replace("{note}", $"{id}").Replace("{version}", $"{id}").Replace("{code}", "ABCD-EFGH-JKLM");
                var body = bodies.For(write.Value.GetProperty("post"));
                using var answer = await programs[chance.Next(programs.Length)].Json(path, body, $"{round} {path}");
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
                    $"{path} answered {answer.StatusCode} to {(body.Length > 2000 ? body[..2000] : body)}\n{text}");
                if (answer.StatusCode >= HttpStatusCode.BadRequest)
                    Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!);
                if (answer.StatusCode == HttpStatusCode.Created)
                    done.Add(write.Name);
                answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
            }
        }

        Assert.True(done.Count > 30, string.Join(", ", done)); // much of it was done, so the bodies are no mere noise
        Assert.True(answers[HttpStatusCode.BadRequest] > 100 && answers[HttpStatusCode.UnprocessableEntity] > 100, string.Join(", ", answers));
        await desk.RunDue(); // what was done has its consequences, too
        using var reader = await desk.AsProgram("Reader", Scopes.CasesRead, Scopes.MoneyRead);
        foreach (var path in numbers.Select(number => $"/api/v1/cases/{number}").Concat(["/api/v1/approvals", "/api/v1/payments", "/api/v1/ledger", "/api/v1/promises"]))
            await reader.Get(path); // and all of it can still be read
    }

    /// <summary>Cases in each stage that something can be done in.</summary>
    private static async Task<IReadOnlyList<long>> Cases(Desk desk, Actor jo)
    {
        var calendar = new Company().Calendar();
        var numbers = new List<long> { await desk.Complain("Amara Okafor", "Kettle", "It leaks.", jo), await LimitTests.Understood(desk, jo, "Ben Ito") };
        foreach (var customer in new[] { "Cleo Diaz", "Dan Roth", "Eva Lind", "Finn Moe" })
        {
            var number = await LimitTests.Understood(desk, jo, customer);
            await LimitTests.Give(desk, number, jo, 5, options: 2);
            numbers.Add(number);
            if (customer != "Cleo Diaz")
                await desk.Cases.Change(number, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, calendar, desk.Clock.Now));
            if (customer == "Finn Moe")
            {
                await desk.Cases.Change(number, @case =>
                {
                    @case.FinishRemedy(1, null, jo, desk.Clock.Now);
                    @case.CompleteDelivery(null, null, jo, calendar, desk.Clock.Now);
                });
            }
        }

        return numbers;
    }
}
