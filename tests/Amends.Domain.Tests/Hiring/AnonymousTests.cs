using Amends.Domain.Hiring;

namespace Amends.Domain.Tests.Hiring;

/// <summary>No personal data of the customer remains in what a hiring kit shows.</summary>
public sealed class AnonymousTests
{
    private static readonly string[] Known = ["Amara Okafor", "amara.okafor@customer.example", "+44 113 496 0142", "NW-20417", "Leeds"];

    [Theory]
    [InlineData("I am Amara Okafor, order NW-20417.", "I am [name], order [number].")]
    [InlineData("amara wrote from amara.okafor@customer.example twice", "[name] wrote from [address] twice")]
    [InlineData("Please ring me on 0113 496 0142 or +44 (0)113 4960142, please.", "Please ring me on [phone] or [phone], please.")]
    [InlineData("We live at 12 Elm Street, LS1 4AP.", "We live at [place].")]
    [InlineData("Ich wohne in der Lindenstraße 4.", "[name] wohne in der [place].")]
    [InlineData("It was due on 3 March 2026, and came on 2026-03-09.", "It was due on [date], and came on [date].")]
    [InlineData("On March 3rd nobody came. On Tuesday neither.", "On [date] nobody came. On [day] neither.")]
    [InlineData("It cost €1,249.00, and 20 pounds for the post.", "It cost [amount], and [amount] for the post.")]
    [InlineData("My husband Tom and Mrs. Lee saw it.", "My husband [name] and Mrs. [name] saw it.")]
    [InlineData("Okafor's kettle leaks.", "[name] kettle leaks.")]
    [InlineData("See https://shop.example/o/4711?u=amara", "[name] [link]")]
    [InlineData("I'm sure. It's the lid.", "I'm sure. It's the lid.")]
    [InlineData("AMARA OKAFOR WRITES", "[name]")]
    [InlineData("Mój syn Łukasz płakał", "[name] syn [name] płakał")]
    [InlineData("王小明の注文 4711", "[name] [number]")]
    [InlineData("Nobody came at 8, flat 3b.", "Nobody came at [number], flat [number].")]
    public void Names_places_numbers_and_days_are_taken_out(string text, string left) => Assert.Equal(left, Anonymous.Of(text, Known));

    [Fact]
    public void Nothing_that_is_known_of_somebody_is_left_however_it_is_written()
    {
        var chance = new Random(7);
        string Any(params string[] choices) => choices[chance.Next(choices.Length)];
        for (var round = 0; round < 2000; round++)
        {
            var (first, last) = (Any("Amara", "Zoë", "Jean-Luc", "Óscar", "Li", "Siobhán"), Any("Okafor", "O'Neill", "van Dijk", "Müller", "Smith-Jones", "Ng"));
            var (mail, phone, order) = ($"{first.ToLowerInvariant()}{chance.Next(99)}@mail.example", $"+{chance.Next(10, 99)} {chance.Next(100, 999)} {chance.Next(100000, 999999)}", $"NW-{chance.Next(10000, 99999)}");
            var text = string.Join(Any(" ", "\n", ". ", ", "), Enumerable.Range(0, 12).Select(_ => Any(first, last, $"{first} {last}", mail, phone, order, first.ToUpperInvariant(), last.ToLowerInvariant(), $"{last}'s", $"({first})", $"„{last}“", "the kettle leaks", "please ring me")));
            var left = Anonymous.Of(text, [$"{first} {last}", mail, phone, order]);
            var words = Texts.Words(left).Select(word => word.ToLowerInvariant()).ToHashSet();
            Assert.All(Texts.Words($"{first} {last}").Where(part => part.Length > 1), part => Assert.DoesNotContain(part.ToLowerInvariant(), words));
            Assert.DoesNotContain(left, char.IsDigit);
            Assert.DoesNotContain('@', left);
        }
    }
}
