namespace Amends.Domain.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(8000, "EUR", "€\u00A080")]
    [InlineData(1250, "EUR", "€\u00A012.50")]
    [InlineData(500, "JPY", "JPY\u00A0500")]
    [InlineData(123456, "GBP", "£\u00A01,234.56")]
    public void Is_shown_as_people_read_it(long minor, string currency, string shown) => Assert.Equal(shown, new Money(minor, currency).ToString());

    [Fact]
    public void Currencies_do_not_mix() => Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));

    [Fact]
    public void A_fraction_that_the_currency_lacks_is_refused()
    {
        Assert.Equal("amount", Assert.Throws<Refused>(() => Money.FromMajor(1.005m, "EUR")).Code);
        Assert.Equal("amount", Assert.Throws<Refused>(() => Money.FromMajor(1.5m, "JPY")).Code);
        Assert.Equal(1005, Money.FromMajor(1.005m, "KWD").Minor);
    }
}
