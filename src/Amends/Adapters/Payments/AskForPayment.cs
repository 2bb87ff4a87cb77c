using Amends.Data;
using Amends.Domain;

namespace Amends.Adapters.Payments;

/// <summary>Asks for the payment of a refund, by whoever pays here.</summary>
public static class AskForPayment
{
    /// <summary>
    /// Asks. With a provider and a payment of the customer's it goes back to that; else it is a transfer by one of us. A payment that we do
    /// not know as theirs may be somebody else's, so a second person looks at it, as at any other way than they paid.
    /// </summary>
    /// <param name="work">Who asks.</param>
    /// <param name="set">Who pays here.</param>
    /// <param name="remedy">The refund.</param>
    /// <param name="original">The payment that it goes back to, as the provider calls it; <c>null</c> for a transfer.</param>
    /// <param name="isOtherRoute">It goes another way than the customer paid.</param>
    /// <exception cref="Refused"><c>original</c> when it is no payment there; else as <see cref="Domain.Cases.Case.RequestPayment"/>.</exception>
    public static async Task Run(Work work, PaymentSettings set, int remedy, string? original, bool isOtherRoute)
    {
        var to = set.Provider == ByHand.Key || isOtherRoute || string.IsNullOrWhiteSpace(original) ? null : original.Trim();
        if (to is not null && set.Provider == StripeRefunds.Key && !StripeRefunds.IsPayment(to))
            throw new Refused("original", "A payment at Stripe begins with pi_ or ch_, such as pi_3NirD82eZvKYlo2C.");
        var isTheirs = to is null || await work.Unit.Value<long>("select count(*) from orders where customer_id = @CustomerId and payment = @to", new { work.Case.State.CustomerId, to }) > 0;
        work.Case.RequestPayment(remedy, to is null ? ByHand.Key : set.Provider, isOtherRoute || !isTheirs, work.By, work.Now, to);
    }
}
