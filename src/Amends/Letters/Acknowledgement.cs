using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>The first answer, at once: we have it, who looks after it, and by when the customer hears from us.</summary>
public static class Acknowledgement
{
    /// <summary>The letter for a case that was just opened. It names the owner, or the team that answers for it while there is none, and says what the case's presets ask for.</summary>
    public static Letter For(Company company, long number, CaseState state) =>
        new LegalWords(company, number, state, null).AsFarAsKnown(Domain.Deadlines.LetterKind.Acknowledgement, Plain(company, number, state));

    private static Letter Plain(Company company, long number, CaseState state) => new(Words.Subject(number, state), Words.Paragraphs(
        Words.Hello(state),
        state.Kind switch
        {
            CaseKind.Complaint => TemplateWords.Of(new(company, number, state, state.OwnerName), Domain.Deadlines.LetterKind.Acknowledgement),
            CaseKind.Praise => "Your message has reached us. Thank you for taking the time; we pass it on to the people it is about.",
            CaseKind.Question => "Your question has reached us. Thank you for asking.",
            CaseKind.Request => "What you ask for has reached us. Thank you.",
            CaseKind.Idea => "Your idea has reached us. Thank you for thinking along.",
            _ => "Your message has reached us. Thank you.",
        },
        state.OwnerName is { } owner
            ? $"{owner} looks after it and reads every word of it."
            : state.Kind == CaseKind.Complaint ? $"Our team{(state.Team is { } team ? $" “{team.Name}”" : "")} has it. One person will take it on and stay with it; we tell you who." : "Our team has it, and somebody reads every word of it.",
        state.NextContact is { } next ? $"You hear from us by {Words.Moment(next.DueAt, company)}: {next.What}." : null,
        "If something is missing, just answer this mail. Where things stand you can see at any time on your own page:\n" + Letter.Link,
        state.Kind == CaseKind.Complaint ? $"What we promise when something goes wrong: {Letter.SiteMark}/promise" : null,
        $"Your number with us is {number}; you never need to tell your story twice.",
        Words.SignedBy(state.OwnerName ?? state.Team?.Name, company)))
    {
        Automatic = true,
    };
}
