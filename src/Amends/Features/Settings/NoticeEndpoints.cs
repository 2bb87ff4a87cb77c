using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using QRCoder;

namespace Amends.Features.Settings;

/// <summary>A notice to print and put up where customers are: tell us when something went wrong, with the address of the form as a QR code.</summary>
public static class NoticeEndpoints
{
    /// <summary>Maps the notice, which everybody here may print, and its code alone.</summary>
    public static void MapNotice(this IEndpointRouteBuilder app)
    {
        app.MapGet("/settings/notice", async (HttpContext context, Frame frame, StoredSettings settings, Surroundings surroundings) =>
        {
            var company = await settings.Company(context.RequestAborted);
            return Html.Show<NoticePage, NoticePage.View>(new(await frame.For(context), company, Address(company, surroundings), Svg(Address(company, surroundings))));
        }).RequireAuthorization(Policies.Reader);
        app.MapGet("/settings/notice/qr.svg", async (HttpContext context, StoredSettings settings, Surroundings surroundings) =>
            TypedResults.Text(Svg(Address(await settings.Company(context.RequestAborted), surroundings)), "image/svg+xml")).RequireAuthorization(Policies.Reader);
    }

    /// <summary>The address of the public form.</summary>
    private static string Address(Company company, Surroundings surroundings) => (surroundings.PublicUrl ?? company.PublicUrl ?? surroundings.Urls.Split(';')[0]).TrimEnd('/') + "/contact";

    /// <summary>The code as a picture that stays sharp at any size. Level M (15 % may be dirty or torn) with the quiet border that ISO/IEC 18004 asks for, black on white in every theme.</summary>
    internal static string Svg(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(10, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
