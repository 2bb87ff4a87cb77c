using Amends.Data;
using Amends.Features.Recovery.Listening;

namespace Amends.Features.Recovery;

/// <summary>The forms of the recovery path: listen, confirm, offer or decide, deliver, ask.</summary>
public static class RecoveryEndpoints
{
    /// <summary>What the forms need.</summary>
    public static void AddRecovery(this IServiceCollection services) => services.AddSingleton<CasePages>().AddSingleton<PlaybookDesk>().AddSingleton<LawDesk>().AddSingleton<RemedyPost>().AddSingleton<RemedyPages>().AddSingleton<Adapters.Carriers.CarrierLabels>()
        .AddSingleton<LiveCallEndpoints.Desk>().AddSingleton<OtherMatters>().AddSingleton<CategoryMemory>().AddSingleton<ListeningDesk>().AddSingleton<HelpEndpoints.Desk>().AddLiveCalls();

    /// <summary>Maps all of them.</summary>
    public static void MapRecovery(this IEndpointRouteBuilder app)
    {
        app.MapNewCases();
        app.MapResolving();
        app.MapCalls();
        app.MapNotes();
        app.MapTones();
        app.MapListeningHelp();
        app.MapSteps();
        app.MapWhys();
        app.MapTalk();
        app.MapLiveCalls();
        app.MapAnswered();
        app.MapPromises();
        app.MapUpdates();
        app.MapSummaries();
        app.MapIssues();
        app.MapOffers();
        app.MapDecisions();
        app.MapAnswers();
        app.MapSilence();
        app.MapEndings();
        app.MapContinuations();
        app.MapCheckBacks();
        app.MapFollowOns();
        app.MapDelivery();
        app.MapRemedySteps();
        app.MapRemedyOwners();
        app.MapReturns();
        app.MapVisits();
        app.MapOutside();
        app.MapHandling();
        app.MapCosts();
        app.MapSafety();
        app.MapRepresentatives();
        app.MapHistory();
        app.MapDeadlines();
        app.MapLetters();
        app.MapCaseFile();
    }
}
