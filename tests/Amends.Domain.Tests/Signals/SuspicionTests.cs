using Amends.Domain.Cases;
using Amends.Domain.Issues;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Signals;

public sealed class SuspicionTests
{
    [Fact]
    public void Nobody_is_refused_on_the_suspicion_of_one_person_alone()
    {
        var @case = Asked();
        void Refuse() => @case.Decide(1, Finding.NotUpheld, "The parcel weighed what it should.", "A look at the next one", null, Jo, Start, onSuspicion: true);
        Assert.Equal("second_person", Assert.Throws<Refused>(Refuse).Code);
        @case.RaiseSuspicion("The fourth parcel this year, and the scale says 2.1 kg.", Jo, Start);
        Assert.Equal(1, @case.State.Escalation);
        Assert.Equal("second_person", Assert.Throws<Refused>(Refuse).Code);
        Assert.Equal("second_person", Assert.Throws<Refused>(() => @case.AnswerSuspicion(true, "Yes.", Jo, Start)).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.AnswerSuspicion(true, "Yes.", Domain.People.Actor.Person(5, "Sam", Domain.People.Role.Agent), Start)).Code);
        @case.AnswerSuspicion(false, "The carrier lost a whole van that day.", Lea, Start);
        Assert.Contains("does not share", Assert.Throws<Refused>(Refuse).Message);
        @case.RaiseSuspicion("The van was found, with the parcel delivered.", Jo, Start);
        @case.AnswerSuspicion(true, "I saw the signature.", Lea, Start);
        Refuse();
        Assert.Equal(Finding.NotUpheld, @case.State.Issues[0].Decision!.Finding);
    }

    [Fact]
    public void The_customer_is_heard_first_and_what_is_upheld_needs_nobody()
    {
        var @case = Opened();
        Assert.Equal("listen_first", Assert.Throws<Refused>(() => @case.RaiseSuspicion("It sounds odd.", Jo, Start)).Code);
        var other = Asked();
        Assert.Equal("words", Assert.Throws<Refused>(() => other.RaiseSuspicion(" ", Jo, Start)).Code);
        other.Decide(1, Finding.Upheld, null, null, null, Jo, Start, onSuspicion: true);
    }
}
