using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Authentication;

namespace Amends.Features.CustomerPages;

/// <summary>A customer's pages by secure link.</summary>
public static class CustomerPagesFeature
{
    /// <summary>What the pages need.</summary>
    public static void AddCustomerPages(this IServiceCollection services)
    {
        services.AddSingleton<PublicTries>();
        services.AddSingleton<ChoiceCodes>();
        services.AddSingleton<ProveChoice>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, CustomerCookie>(Policies.CustomerScheme, null);
    }

    /// <summary>Maps them.</summary>
    public static void MapCustomerPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/c").RequireAuthorization(Policies.Customer);
        pages.MapStatus();
        pages.MapConfirm();
        pages.MapChoose();
        pages.MapCall();
        pages.MapRemedies();
        pages.MapMore();
        pages.MapRate();
        pages.MapCustomerLetters();
        app.MapCustomerLinks();
        app.MapNewLink();
        app.MapNoLetters();
    }
}
