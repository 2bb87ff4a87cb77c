using Amends.Domain.Remedies;

namespace Amends.Domain.Tests.Remedies;

public sealed class RemedyTypesTests
{
    [Fact]
    public void Every_kind_has_one_row_and_there_are_eighteen_beside_what_fits_none()
    {
        Assert.Equal(Enum.GetValues<RemedyKind>().Order(), RemedyTypes.All.Select(type => type.Kind).Order());
        Assert.Equal(18, RemedyTypes.All.Count(type => type.Kind != RemedyKind.Other));
    }

    [Fact]
    public void Every_way_ends_can_be_walked_to_its_end_and_is_done_at_a_step_on_it()
    {
        Assert.All(RemedyTypes.All, type =>
        {
            var walked = new List<RemedyStep>();
            for (RemedyStep? step = type.After(null); step is { } at; step = type.After(at))
                walked.Add(at);
            Assert.Equal(type.Steps, walked);
            Assert.Contains(type.DoneAt, type.Steps);
            Assert.Subset(new HashSet<RemedyStep>(type.Steps), new HashSet<RemedyStep>(type.Gated));
            Assert.False(type.IsAfter(type.Steps[0], type.Steps[^1]));
        });
    }

    [Theory]
    [InlineData(RemedyKind.Refund, "Requested Authorised Paid Confirmed")]
    [InlineData(RemedyKind.Distress, "Requested Authorised Paid Confirmed")]
    [InlineData(RemedyKind.Substitute, "Reserved Shipped Delivered")]
    [InlineData(RemedyKind.Repair, "CheckedIn Diagnosed Fixed Returned")]
    [InlineData(RemedyKind.Visit, "Offered Booked Done SignedOff")]
    [InlineData(RemedyKind.Redo, "Booked Done")]
    [InlineData(RemedyKind.Return, "Issued InTransit Received Inspected Closed")]
    [InlineData(RemedyKind.ValueAdd, "Issued Delivered")]
    [InlineData(RemedyKind.Change, "Agreed Done Told")]
    [InlineData(RemedyKind.None, "Sent")]
    public void A_kind_walks_its_steps(RemedyKind kind, string steps) => Assert.Equal(steps, string.Join(' ', RemedyTypes.Of(kind).Steps));

    [Fact]
    public void The_customer_reads_a_line_for_every_step_that_takes_longer_than_a_moment()
    {
        foreach (var type in RemedyTypes.All.Where(type => type.Steps.Count > 1 && type.Kind != RemedyKind.Redo))
            Assert.All(type.Steps.Where(step => step is not (RemedyStep.Done or RemedyStep.SignedOff or RemedyStep.Closed or RemedyStep.Told) ), step => Assert.NotNull(RemedyTypes.ForCustomer(type.Kind, step)));
    }

    [Theory]
    [InlineData("7992739871", '3')] // the published example of the Luhn algorithm
    [InlineData("0", '0')]
    public void A_check_digit_is_that_of_luhn(string digits, char check) => Assert.Equal(check, CheckDigit.Of(digits));

    [Fact]
    public void Every_wrong_character_and_nearly_every_swap_is_found()
    {
        var code = Domain.Vouchers.VoucherCode.Of([3, 7, 250, 18, 99, 4, 31, 77, 120, 9, 200, 61, 5, 42, 17]);
        Assert.Equal(code, Domain.Vouchers.VoucherCode.Clean(Domain.Vouchers.VoucherCode.Show(code).ToLowerInvariant()));
        for (var i = 0; i < code.Length; i++)
        {
            foreach (var wrong in CheckDigit.Letters.Where(letter => letter != code[i]))
                Assert.Null(Domain.Vouchers.VoucherCode.Clean(code[..i] + wrong + code[(i + 1)..]));
        }

        var swapped = Enumerable.Range(0, code.Length - 1).Where(i => code[i] != code[i + 1]).Select(i => code[..i] + code[i + 1] + code[i] + code[(i + 2)..]);
        Assert.All(swapped, each => Assert.Null(Domain.Vouchers.VoucherCode.Clean(each)));
        Assert.Null(Domain.Vouchers.VoucherCode.Clean("0000-0000-0000-0000"));
        Assert.Null(Domain.Vouchers.VoucherCode.Clean(null));
    }

    [Fact]
    public void A_returns_number_counts_up_and_is_read_however_it_is_typed()
    {
        Assert.Equal("R1000017", Domain.Returns.ReturnNumber.Of(1));
        Assert.Equal("R1000017", Domain.Returns.ReturnNumber.Clean(" r100 001-7 "));
        Assert.Null(Domain.Returns.ReturnNumber.Clean("R1000018"));
        Assert.Null(Domain.Returns.ReturnNumber.Clean("1000017"));
        Assert.Equal(500, Enumerable.Range(1, 500).Select(nth => Domain.Returns.ReturnNumber.Of(nth)).Distinct().Count());
    }
}
