using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;

namespace Amends.Tests.Letters;

public sealed class AcknowledgementTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CaseKind.Complaint)]
    [InlineData(CaseKind.Question)]
    [InlineData(CaseKind.Request)]
    [InlineData(CaseKind.Idea)]
    [InlineData(CaseKind.Praise)]
    [InlineData(CaseKind.Other)]
    public void Every_first_answer_thanks_and_says_when_the_customer_hears_from_us(CaseKind kind)
    {
        var company = new Company { Name = "Kettle & Co" };
        var @case = Case.Open(new Opening(Channel.Mail, kind, "Kettle", "It leaks.", 7, "Amara"), Actor.Customer(7, "Amara"), company.Calendar(), At);
        var letter = Acknowledgement.For(company, 1001, @case.State);

        Assert.Contains("Thank you", letter.Text);
        Assert.Equal(kind == CaseKind.Complaint, letter.Text.Contains("sorry"));
        Assert.Equal(kind == CaseKind.Complaint, letter.Text.Contains("what we found out so far"));
        Assert.True(letter.Automatic);
        Assert.Contains(Letter.Link, letter.Text);
        Assert.Contains($"You hear from us by {Words.Moment(@case.State.NextContact!.DueAt, company)}", letter.Text);
    }
}
