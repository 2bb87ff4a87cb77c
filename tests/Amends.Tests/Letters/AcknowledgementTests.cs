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

    [Fact]
    public void While_nobody_has_it_the_first_answer_names_the_team_that_answers_for_it()
    {
        var company = new Company { Name = "Kettle & Co" };
        string Text(Actor? owner) => Acknowledgement.For(company, 1001, Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Kettle", "It leaks.", 7, "Amara", owner) { Team = new(3, "Repairs and returns") }, Actor.Customer(7, "Amara"), company.Calendar(), At).State).Text;
        Assert.Contains("Our team “Repairs and returns” has it. One person will take it on", Text(null));
        Assert.Contains("Kind regards\nRepairs and returns\nKettle & Co", Text(null));
        Assert.DoesNotContain("Repairs and returns", Text(Actor.Person(1, "Jo", Role.Agent)));
        Assert.Contains("Jo looks after it", Text(Actor.Person(1, "Jo", Role.Agent)));
    }
}
