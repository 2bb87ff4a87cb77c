using Amends.Channels.Email;
using Amends.Data;
using Amends.Features.Api;
using Amends.Features.Approvals;
using Amends.Features.CallBacks;
using Amends.Features.Cases;
using Amends.Features.Charter;
using Amends.Features.Contact;
using Amends.Features.Contents;
using Amends.Features.CustomerFiles;
using Amends.Features.CustomerPages;
using Amends.Features.Demo;
using Amends.Features.ForYou;
using Amends.Features.Health;
using Amends.Features.Hiring;
using Amends.Features.Inbox;
using Amends.Features.IncomingMail;
using Amends.Features.Ledger;
using Amends.Features.Limits;
using Amends.Features.Live;
using Amends.Features.Payments;
using Amends.Features.Phrases;
using Amends.Features.Team.People;
using Amends.Features.Playbooks;
using Amends.Features.Practices;
using Amends.Features.Team.Profile;
using Amends.Features.Promises;
using Amends.Features.Quarantine;
using Amends.Features.Recovery;
using Amends.Features.Reports;
using Amends.Features.Returns;
using Amends.Features.Search;
using Amends.Features.SecondLooks;
using Amends.Features.SelfCare;
using Amends.Features.SentMail;
using Amends.Features.Settings;
using Amends.Features.Team.Setup;
using Amends.Features.Shared;
using Amends.Features.Signals;
using Amends.Features.Team.SignIn;
using Amends.Features.Today;
using Amends.Features.Training;
using Amends.Features.Styleguide;
using Amends.Features.Vouchers;
using Amends.Web;

namespace Amends.Features;

/// <summary>Every feature and channel, a line each: what it needs, what it answers to.</summary>
public static class EndpointMap
{
    /// <summary>What the features need.</summary>
    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddAuthorization(Policies.Add);
        services.AddEmail();
        services.AddSafety();
        services.AddSignIn();
        services.AddCustomerPages();
        services.AddSetup();
        services.AddProfile();
        services.AddSettings();
        services.AddSingleton<Frame>();
        services.AddSingleton<DeskNumbers>();
        services.AddInbox();
        services.AddCases();
        services.AddCustomers();
        services.AddSearch();
        services.AddRecovery();
        services.AddSingleton<BoardQuery>();
        services.AddSingleton<TodayQuery>();
        services.AddCallBacks();
        services.AddReturns();
        services.AddVouchers();
        services.AddLimits();
        services.AddSingleton<PlaybookPages>();
        services.AddContents();
        services.AddSingleton<PhrasePages>();
        services.AddSelfCare();
        services.AddSingleton<TrainingPages>();
        services.AddSingleton<HiringKit>();
        services.AddApprovals();
        services.AddLedger();
        services.AddPayments();
        services.AddSignals();
        services.AddSingleton<OutcomesQuery>();
        services.AddSingleton<ConsistencyQuery>();
        services.AddSingleton<SurveyQuery>();
        services.AddSingleton<OutcomesEndpoints.Pages>();
        services.AddReports();
        services.AddApi();
        services.AddSingleton(provider => new AssetMap(provider.GetServices<EndpointDataSource>()));
        services.AddSingleton<QuarantineEndpoints.Pages>();
    }

    /// <summary>The order of what every request passes, and all endpoints.</summary>
    public static void UseFeatures(this WebApplication app)
    {
        app.UseCareWithTokens();
        app.UseSafety();
        app.MapStaticAssets().RequireAuthorization(Policies.Public);
        app.MapHealth();
        app.MapCustomerPages();
        app.MapContact();
        app.MapCharter();
        app.MapBrand();
        app.MapToday();
        app.MapInbox();
        app.MapCases();
        app.MapLive();
        app.MapCustomers();
        app.MapSearch();
        app.MapRecovery();
        app.MapBoard();
        app.MapCallBacks();
        app.MapReturnsBoard();
        app.MapVouchers();
        app.MapLimits();
        app.MapPlaybooks();
        app.MapContents();
        app.MapPhrases();
        app.MapSelfCare();
        app.MapTraining();
        app.MapHiring();
        app.MapApprovalPages();
        app.MapLedger();
        app.MapPayments();
        app.MapSignals();
        app.MapNotices();
        app.MapOutcomes();
        app.MapSurveyReports();
        app.MapReports();
        app.MapSecondLooks();
        app.MapSentMail();
        app.MapWalk();
        app.MapPractices();
        app.MapSignIn();
        app.MapQuarantine();
        app.MapIncomingMail();
        app.MapStyleguide();
        app.MapWelcome();
        app.MapSetup();
        app.MapProfile();
        app.MapPeople();
        app.MapSettings();
        app.MapApi();
    }
}
