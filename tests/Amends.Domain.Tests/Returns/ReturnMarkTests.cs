using Amends.Domain.Returns;

namespace Amends.Domain.Tests.Returns;

public sealed class ReturnMarkTests
{
    [Theory]
    [InlineData("SN-118206", "SN-118206", "", true)]
    [InlineData(" sn 118206 ", "SN-118206", "", true)] // as people type
    [InlineData("(21)SN118206", "SN-118206", "L-1", true)] // as scanners read
    [InlineData("(10)L2291", "SN-118206", "L-2291", true)] // the lot is enough
    [InlineData("SN-118260", "SN-118206", "L-2291", false)]
    [InlineData("SN-2, SN-1", "SN-1; SN-2; SN-3", "", true)]
    [InlineData("SN-2, SN-9", "SN-1, SN-2", "", false)]
    [InlineData("", "SN-1", "", null)]
    [InlineData(" - ", "SN-1", "", null)]
    [InlineData("SN-1", "", "", null)]
    [InlineData(null, null, null, null)]
    public void What_came_back_is_compared_with_what_was_sent_however_it_is_written(string? found, string? serial, string? lot, bool? fits) => Assert.Equal(fits, ReturnMark.Fits(found, ReturnMark.Sent(serial, lot)));

    [Fact]
    public void What_was_sent_is_one_line_and_nothing_where_nothing_is_known()
    {
        Assert.Equal("SN-1, L-2", ReturnMark.Sent("SN-1 ", "L-2"));
        Assert.Null(ReturnMark.Sent(" ", ""));
    }
}
