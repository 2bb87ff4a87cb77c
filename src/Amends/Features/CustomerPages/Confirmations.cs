namespace Amends.Features.CustomerPages;

/// <summary>What the status page says after an answer. The address carries only the name, so that it can be opened again without harm.</summary>
public static class Confirmations
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["confirmed"] = "Thank you. Now we know that we understood you.",
        ["corrected"] = "Thank you for telling us. We read it and write you a better summary.",
        ["impact"] = "Thank you. Now we know what it means for you.",
        ["chosen"] = "It is agreed. We are on it, and you find below what happens when. You get it in writing, too.",
        ["declined"] = "Thank you for telling us. We look for something that suits you better.",
        ["call"] = "We call you. You find below who looks after it.",
        ["booked"] = "Noted: we call you. You find the time below, and you get it in writing, too.",
        ["call-off"] = "Noted: we do not call you.",
        ["visit"] = "It is agreed: we come then. You get it in writing, with an entry for your calendar.",
        ["works"] = "Thank you for telling us. We are glad that it works.",
        ["more"] = "We have it. It is with your case now.",
        ["date"] = "Noted: we ask you on the day that you chose.",
        ["yes"] = "Thank you for telling us. We are glad that it is put right.",
        ["partly"] = "Thank you for saying so. We go on with what is still wrong.",
        ["no"] = "Thank you for saying so. We are sorry, and we go on: you find below when you hear from us.",
        ["waived"] = "That is fine. We ask no more; you can write to us any time.",
    };

    /// <summary>The sentence with this name, or <c>null</c>.</summary>
    public static string? Of(string? name) => name is null ? null : Words.GetValueOrDefault(name);
}
