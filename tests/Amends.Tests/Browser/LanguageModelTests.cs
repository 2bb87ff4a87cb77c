using Amends.Domain.People;
using Amends.Tests.Features.LanguageModel;
using Amends.Tests.Servers;

namespace Amends.Tests.Browser;

/// <summary>The way from a reply to what would be sent, to the answer and back, in a real browser.</summary>
public sealed class LanguageModelTests
{
    [Fact]
    public async Task What_is_typed_is_shown_before_it_goes_and_the_answer_comes_back_where_one_writes()
    {
        await using var model = await FakeModel.Start();
        model.Answer = text => text.Replace("calm down", "take your time", StringComparison.Ordinal) + " It is there on 9 May, see https://evil.example/x.";
        await using var desk = await Desk.Start();
        await desk.Use(model, set => set with { PriceIn = 15, PriceOut = 60, Ceiling = 500 });
        var number = await desk.Amaras(await desk.AddPerson("Ona", Role.Owner));
        await using var chrome = await Chrome.Start();
        var axe = new Axe(chrome, desk);
        var window = await axe.In("ona");
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/cases/{number}");
        await page.Keyboard.PressAsync("r");
        await page.Locator(".ProseMirror-focused").WaitForAsync();
        await page.Keyboard.TypeAsync("Dear Amara, please calm down.");
        await page.ClickAsync("button[name=model]");
        await page.Arrives(@"/language-model\?task=calmer");
        Assert.Contains("Dear [NAME_1], please calm down.", await page.Locator("pre.letter").Last.TextContentAsync());
        Assert.Empty(model.Asked);
        await axe.Check(page, "what would be sent");
        await page.ClickAsync("button:has-text('Send this to the model')");
        await page.Arrives(@"/language-model\?call=1");
        await axe.Check(page, "the answer");
        await page.ClickAsync("button[value=take]");
        await page.Arrives($"/cases/{number}");
        Assert.Contains("take your time", await page.InputValueAsync("textarea[name=text]"));
        foreach (var path in (string[])[$"/cases/{number}/language-model", "/settings/language-model", "/settings/language-model/log", $"/cases/{number}/summary/new"])
        {
            await page.GotoAsync(path);
            await axe.Check(page, path);
        }

        Assert.True(axe.Report().Length == 0, axe.Report());
        await window.CloseAsync();
    }
}
