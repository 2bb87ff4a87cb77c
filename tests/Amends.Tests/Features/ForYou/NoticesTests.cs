using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.ForYou;

public sealed class NoticesTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_is_reminded_sees_it_with_a_number_in_the_frame_until_it_is_opened(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lena) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lena", Role.Lead));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        var (mine, theirs) = (await desk.SignIn(jo), await desk.SignIn(lena));
        Assert.Contains("Nothing needs you", (await mine.Open("/notices")).Words(".empty"));

        desk.Clock.Now = desk.Clock.Now.AddHours(3);
        await desk.RunDue();
        var page = await mine.Open("/notices");
        Assert.Equal("1", page.Words("[data-count=notices]"));
        Assert.StartsWith("The customer hears from us by", page.Words(".todo-list li b"));
        Assert.Contains($"#{number} · Amara Okafor · The kettle leaks", page.Words(".todo-list li small"));
        Assert.Equal("0", (await theirs.Open("/notices")).Words("[data-count=notices]"));

        desk.Clock.Now = desk.Clock.Now.AddHours(3);
        await desk.RunDue();
        Assert.StartsWith("Promise missed", (await theirs.Open("/notices")).Words(".todo-list li b"));
        page = await mine.Open("/notices");
        Assert.Equal("2", page.Words("[data-count=notices]"));

        var answer = await mine.Send("/notices", "/notices/read", new() { ["id"] = page.QuerySelector(".todo-list input[name=id]")!.GetAttribute("value")! });
        Assert.Equal($"/cases/{number}", answer.Headers.Location!.ToString());
        Assert.Equal("1", (await mine.Open("/notices")).Words("[data-count=notices]"));
        await mine.Send("/notices", "/notices/read", new() { ["upTo"] = "999" });
        Assert.Equal("0", (await mine.Open("/notices")).Words("[data-count=notices]"));
        Assert.Equal("1", (await theirs.Open("/notices")).Words("[data-count=notices]")); // of nobody else
    }
}
