using Amends.Domain.Cases;
using Amends.Domain.Listening;

namespace Amends.Features.Shared;

/// <summary>The ways in, as they are named everywhere.</summary>
public static class ChannelWords
{
    /// <summary>"by mail", "by phone".</summary>
    public static string Via(Channel channel) => channel switch
    {
        Channel.Phone => "by phone",
        Channel.Form => "through our form",
        Channel.Page => "on their page",
        Channel.InPerson => "in person",
        Channel.Letter => "by letter",
        Channel.Api => "from another program",
        Channel.Sms => "by text message",
        Channel.Social => "on a social network",
        Channel.ReviewSite => "on a review site",
        _ => "by mail",
    };

    /// <summary>How the customer told us, said to them.</summary>
    public static string YouTold(Channel channel) => channel switch
    {
        Channel.Phone => "You told us by phone",
        Channel.Form => "You told us by our form",
        Channel.InPerson => "You told us in person",
        Channel.Letter => "You sent us a letter",
        Channel.Sms => "You sent us a text message",
        Channel.Social => "You told us on a social network",
        Channel.ReviewSite => "You wrote a review",
        _ => "You wrote to us",
    };

    /// <summary>Its icon.</summary>
    public static string Icon(Channel channel) => channel switch
    {
        Channel.Phone => "phone",
        Channel.Form or Channel.Page => "globe",
        Channel.InPerson => "store",
        Channel.Letter => "file-text",
        Channel.Api => "zap",
        Channel.Sms => "message-square",
        Channel.Social => "at-sign",
        Channel.ReviewSite => "star",
        _ => "mail",
    };

    /// <summary>How somebody who came this way is answered, while no program does it; <c>null</c> where the usual reply does.</summary>
    public static string? HowToAnswer(Channel channel) => channel switch
    {
        Channel.Letter => "Answer on paper, or call them. Then write down here what you sent.",
        Channel.Sms => "Call the number, or answer it with your own phone. Then write down here what you sent.",
        Channel.Social => "Answer there in a line or two without details, and ask them to go on in private. Then write down here what you wrote.",
        Channel.ReviewSite => "Everybody reads the answer: thank them, say sorry, say who looks after it and how they reach you. Nothing private. Then write down here what you wrote.",
        _ => null,
    };

    /// <summary>A stage of the journey in words.</summary>
    public static string Of(JourneyStage stage) => stage switch
    {
        JourneyStage.BeforePurchase => "before buying",
        JourneyStage.Ordering => "ordering",
        JourneyStage.Delivery => "delivery",
        JourneyStage.Use => "in use",
        JourneyStage.Service => "service",
        JourneyStage.Billing => "billing",
        _ => "leaving",
    };

    /// <summary>A talk balance in words.</summary>
    public static string Of(TalkBalance balance) => balance switch { TalkBalance.MostlyThem => "mostly they spoke", TalkBalance.Even => "both spoke about as much", _ => "mostly we spoke" };
}
