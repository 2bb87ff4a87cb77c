using Amends.Features.Shared.Errors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Amends.Web;

/// <summary>What every request passes before a feature answers it, in order.</summary>
public static class Safety
{
    /// <summary>Limits tries to get in, for each address that they come from: <c>.RequireRateLimiting(Safety.FewTries)</c>.</summary>
    public const string FewTries = "few-tries";

    /// <summary>Sessions, form tokens, limits.</summary>
    public static void AddSafety(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddLightAnswers();
        services.AddSingleton<Sessions>();
        services.AddAuthentication(SignedIn.People).AddScheme<AuthenticationSchemeOptions, SignedIn>(SignedIn.People, null);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((options, current) => options.Cookie = new FormCookie(current)
        {
            HttpOnly = true, SecurePolicy = CookieSecurePolicy.SameAsRequest, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true,
        });
        services.AddDataProtection().SetApplicationName("Amends");
        services.AddSingleton<ProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) => options.XmlRepository = keys);
        services.AddSingleton<TryLimit>();
    }

    /// <summary>The order of what every request passes.</summary>
    public static void UseSafety(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseMiddleware<KnownHosts>();
        app.UseMiddleware<Failures>();
        app.UseMiddleware<SmallForms>();
        app.UseMiddleware<ScriptFolder>();
        app.UseRouting();
        app.UseMiddleware<LimitTries>();
        app.UseAuthentication();
        app.UseAuthorization();
        LivePosition.Use(app);
        app.UseAntiforgery();
        app.UseMiddleware<FormTokens>();
        app.MapFallback("{*path}", (RequestDelegate)(context => { context.Response.StatusCode = StatusCodes.Status404NotFound; return Task.CompletedTask; })).RequireAuthorization(Policies.Public); // otherwise an unknown page is the owner's alone
    }
}
