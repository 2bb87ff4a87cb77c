using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain.Language;
using Amends.Domain.People;
using Amends.Tests.Servers;
using Amends.Web;
using AngleSharp.Dom;

namespace Amends.Tests.Features.LanguageModel;

/// <summary>A desk that may ask a language model.</summary>
internal static class ModelDesk
{
    /// <summary>Switches a model on.</summary>
    public static async Task Use(this Desk desk, FakeModel model, Func<LanguageModelSettings, LanguageModelSettings>? change = null, params ModelFeature[] on)
    {
        var set = new LanguageModelSettings { Address = model.Url, Model = "large", LimitSeconds = 5, On = on.Length > 0 ? on : Enum.GetValues<ModelFeature>(), Key = model.Key is { } key ? desk.Get<Secrets>().Seal(key, AskModel.KeyPurpose) : "" };
        await desk.Get<StoredSettings>().Set(LanguageModelSettings.Setting, change?.Invoke(set) ?? set);
        desk.Get<StoredSettings>().Forget();
        desk.Get<Breaker>().Forget();
    }

    /// <summary>A complaint of somebody with all that is personal in it.</summary>
    public static async Task<long> Amaras(this Desk desk, Actor owner)
    {
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "The kettle leaks on my new table, order NW-20417. I am so tired of this. Ring me on +44 113 496 0142, I live at 12 Elm Street, LS1 4AP. Amara Okafor", owner);
        var customer = (await desk.Cases.Find(number))!.CustomerId;
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@customer, 'NW-20417', 'NW-20417', 0, 8000, 'EUR')", new { customer }));
        return number;
    }

    /// <summary>Looks at what would be sent, and sends it.</summary>
    public static async Task<HttpResponseMessage> Ask(this HttpClient browser, long number, Dictionary<string, string> fields)
    {
        var at = $"/cases/{number}/language-model";
        var preview = await (await browser.Send($"/cases/{number}", at, fields)).Tree();
        var sent = preview.QuerySelectorAll($"form[action='{at}/calls'] input[type=hidden]").Where(input => input.GetAttribute("name")![0] != '_').ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        return await browser.Send($"/cases/{number}", $"{at}/calls", sent);
    }

    /// <summary>The page with the answer that a sending led to.</summary>
    public static async Task<IDocument> Answer(this HttpClient browser, HttpResponseMessage sent) => await browser.Open(sent.Headers.Location!.ToString());
}
