using Amends.Features.Brand;
using Amends.Features.Charter;
using Amends.Features.Contact;
using Amends.Web;
using Microsoft.AspNetCore.Authentication;

namespace Amends.Features.CustomerPages;

/// <summary>All that a customer sees: their pages by secure link, the contact form, and what the company promises.</summary>
public static class CustomerPagesFeature
{
    /// <summary>What the pages need.</summary>
    public static void AddCustomerPages(this IServiceCollection services)
    {
        services.AddSingleton<Tries>();
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
        pages.MapMore();
        pages.MapRate();
        app.MapCustomerLinks();
        app.MapNewLink();
        app.MapContact();
        app.MapCharter();
        app.MapBrand();
    }
}
