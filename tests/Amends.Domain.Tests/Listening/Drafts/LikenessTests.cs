using Amends.Domain.Listening.Drafts;

namespace Amends.Domain.Tests.Listening.Drafts;

/// <summary>Which cases are alike.</summary>
public sealed class LikenessTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_text_is_wholly_alike_and_rare_words_count_more()
    {
        string[] texts = ["The kettle leaks at the seal.", "The kettle leaks at the seal.", "The kettle is late.", "My bench wobbles."];
        Likeness likeness = new(texts, Shipped.Words);
        Assert.Equal(1, likeness.Between(texts[0], texts[1]).Score, 6);
        var (some, shared) = likeness.Between(texts[0], texts[2]);
        Assert.InRange(some, 0.01, 0.5);
        Assert.Equal(["kettle"], shared);
        Assert.Equal((0, 0), (likeness.Between(texts[0], texts[3]).Score, likeness.Between("", texts[0]).Score));
    }

    [Fact]
    public void One_matter_is_told_by_the_order_by_the_person_and_their_words_or_by_nearly_the_same_words()
    {
        OtherOpenCase Other(long number, string text, bool same = false, string? alike = null, bool order = false, bool names = false, int days = 1) => new(number, text, Now.AddDays(-days), same, alike, order, names);
        const string Text = "Kettle\nThe kettle leaks at the seal and the counter is wet.";
        var found = LikelyDuplicate.Among(Text, Now,
        [
            Other(1, "About my money\nPlease pay me back.", order: true), Other(2, "Kettle again\nThe seal of the kettle still leaks.", same: true), Other(3, "Newsletter\nI get too many of them.", same: true),
            Other(4, "Wet counter\nThe kettle leaks.", alike: "the same phone number"), Other(5, Text), Other(6, Text, days: 30), Other(7, "The kettle leaks.", days: 1), Other(8, "See order 77\nWhere is it?", names: true),
        ], Shipped.Words);
        Assert.Equal([1, 2, 4, 5, 8], found.Select(each => each.Case.Number).Order());
        Assert.Contains("kettle", found.Single(each => each.Case.Number == 2).Shared);
    }

    [Fact]
    public void Past_cases_are_ranked_by_words_category_and_product()
    {
        var found = SimilarCase.Among("The kettle leaks at the seal.", "PRD.on_arrival", "Kettle Ida",
        [
            new(1, "The kettle leaked at the seal from the first day.", "PRD.on_arrival", "Kettle Ida"), new(2, "The kettle leaked at the seal.", "DEL.late", ""), new(3, "The lamp stays dark.", "PRD.on_arrival", ""), new(4, "I was charged twice.", "PRC.double_charge", "Kettle Ida"),
        ], Shipped.Words, 5);
        Assert.Equal([1, 2, 3], found.Select(each => each.Number));
        Assert.Equal((true, true), (found[0].SameCategory, found[0].SameProduct));
        Assert.Contains("seal", found[1].Shared);
    }

    [Fact]
    public void Telling_words_are_those_to_look_for_others_by() =>
        Assert.Equal(["kettle", "counter", "stands"], Likeness.Telling("The kettle leaks, and the counter is wet because the kettle stands on it.", 3, Shipped.Words));
}
