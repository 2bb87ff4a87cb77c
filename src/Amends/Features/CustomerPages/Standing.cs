using Amends.Domain.Cases;

namespace Amends.Features.CustomerPages;

/// <summary>How a case stands, in the customer's words: which of the five steps, the headline, and the one thing to do, if there is one.</summary>
/// <param name="Step">1 to 5, 6 when all is done, <c>null</c> where the five steps do not apply.</param>
/// <param name="Headline">The top of the page, after the customer's first name.</param>
/// <param name="ToDo">What the customer can do now.</param>
/// <param name="Page">Where.</param>
public sealed record Standing(int? Step, string Headline, string? ToDo = null, string? Page = null)
{
    /// <summary>Reads a case's standing. Pure.</summary>
    public static Standing Of(CaseState state) => state switch
    {
        { Kind: not CaseKind.Complaint, IsOpen: false } => new(null, "this is answered."),
        { Kind: not CaseKind.Complaint } => new(null, "we have your message."),
        { Stage: CaseStage.Closed, CloseReason: CloseReason.Confirmed } => new(6, "you told us that it is put right."),
        { Stage: CaseStage.Closed, EndedUnanswered: true } => new(3, "this is closed for now.", "Take it up again", "/c/more"),
        { Stage: CaseStage.Closed, CloseReason: CloseReason.Unconfirmed } => new(5, "this is closed for now.", state.TakesCheckBackAnswer ? "Tell us whether it is put right" : null, "/c/rate"),
        { Stage: CaseStage.Closed, CloseReason: CloseReason.Deadlock } => new(null, "we could not agree, and we are sorry."),
        { Stage: CaseStage.Closed } => new(null, "this is closed."),
        { Stage: CaseStage.CheckBack } => new(5, "is it put right now?", "Tell us", "/c/rate"),
        { Stage: CaseStage.Delivering } when ToDoNow(state) is { } now => new(4, "we are putting it right.", now.Words, now.Page),
        { Stage: CaseStage.Delivering } => new(4, "we are putting it right."),
        { Stage: CaseStage.Offered, SentOffer: { IsWithCustomer: true, IsDecision: true } } => new(3, "this is what we found.", "Read it, and answer", "/c/choose"),
        { Stage: CaseStage.Offered, SentOffer.IsWithCustomer: true } => new(3, "here is what we can do. You choose.", "See your options", "/c/choose"),
        { Summary: { SentAt: not null, ConfirmedAt: null, CorrectedAt: null } } => new(2, "did we understand you?", "Read what we understood", "/c/confirm"),
        { Remedies.Count: > 0 } => new(4, "something is still wrong, and we are on it."),
        { Offers: [.., { DeclinedAt: not null, IsDecision: true }] } => new(3, "we look at it again."),
        { Offers: [.., { DeclinedAt: not null }] } => new(3, "we look for something that suits you better."),
        { Summary: not null } => new(2, "we are working on it."),
        { Stage: CaseStage.Received } => new(1, "we have your message."),
        _ => new(1, "we are listening."),
    };

    /// <summary>What the customer can do about a remedy: choose a time, say that it works, send something back.</summary>
    private static (string Words, string Page)? ToDoNow(CaseState state) => state.Remedies.Where(remedy => remedy.IsOpen).Select(remedy => remedy switch
    {
        { Visit: { Booked: null, Times.Count: > 0 } } => ("Choose when we come", $"/c/visit/{remedy.Id}"),
        { Kind: Domain.Remedies.RemedyKind.Visit, Visit.DoneAt: not null } => ("Tell us whether it works", $"/c/visit/{remedy.Id}"),
        { Return: { ScannedAt: null, ReceivedAt: null } } => ("Get your label", $"/c/return/{remedy.Id}"),
        _ => ((string, string)?)null,
    }).FirstOrDefault(each => each is not null);

    /// <summary>The page of a remedy, and the words that lead there; <c>null</c> where there is none.</summary>
    public static (string Words, string Page)? PageOf(Domain.Remedies.Remedy remedy) => remedy switch
    {
        { Return: not null } => ("The parcel", $"/c/return/{remedy.Id}"),
        { Visit: not null } => ("The visit", $"/c/visit/{remedy.Id}"),
        _ => null,
    };

    /// <summary>Where a remedy is, in words.</summary>
    public static string Of(Domain.Remedies.Remedy remedy, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (remedy.DoneAt is { } done)
            return $"done {Shared.When.Long(done, now, zone)}";
        if (remedy.FailedAt is not null)
            return "this did not work; we find another way";
        if (remedy.LapsedAt is not null)
            return "its time has passed; tell us if you still need it";
        if (remedy.IsWaiting)
            return remedy.Data!.ReleaseOn == Domain.Remedies.ReleaseOn.Scan ? "as soon as your parcel is handed in" : "as soon as your parcel is here";
        var by = $"by {Shared.When.Long(remedy.DueAt, now, zone)}";
        return remedy.Visit is { Booked: { } booked, DoneAt: null } ? $"{Shared.When.Long(booked.From, now, zone)} to {Shared.When.Clock(booked.To, zone)}"
            : Domain.Remedies.RemedyTypes.ForCustomer(remedy.Kind, remedy.Step) is { } where ? $"{where}; {by}" : by;
    }

    /// <summary>A remedy's picture.</summary>
    public static string IconOf(Domain.Remedies.RemedyKind kind) => kind switch
    {
        Domain.Remedies.RemedyKind.Refund or Domain.Remedies.RemedyKind.PriceReduction or Domain.Remedies.RemedyKind.ShippingRefund or Domain.Remedies.RemedyKind.Distress => "wallet",
        Domain.Remedies.RemedyKind.Replacement or Domain.Remedies.RemedyKind.Substitute or Domain.Remedies.RemedyKind.Return => "truck",
        Domain.Remedies.RemedyKind.Repair or Domain.Remedies.RemedyKind.Visit => "wrench",
        Domain.Remedies.RemedyKind.Voucher or Domain.Remedies.RemedyKind.Credit or Domain.Remedies.RemedyKind.ValueAdd => "gift",
        Domain.Remedies.RemedyKind.Redo => "repeat",
        Domain.Remedies.RemedyKind.Apology => "mail",
        _ => "heart-handshake",
    };
}
