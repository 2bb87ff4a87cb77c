using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>What a server says while it refuses a recipient, and what that means for the address.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("550 5.1.1 <nele@customer.example>: Recipient address rejected: User unknown in local recipient table", "userunknown", true)]
    [InlineData("550 5.4.1 Recipient address rejected: Access denied", "userunknown", true)]
    [InlineData("550 5.1.2 Host not found", "hostunknown", true)]
    [InlineData("556 5.1.10 Domain does not accept mail", "notaccept", true)]
    [InlineData("552 5.2.2 Mailbox full", "mailboxfull", false)]
    [InlineData("550 5.7.26 Unauthenticated mail: DMARC policy", "authfailure", false)]
    [InlineData("550 5.7.25 Reverse DNS validation failed", "requireptr", false)]
    [InlineData("554 5.7.1 Service unavailable; client blacklisted", "blocked", false)]
    [InlineData("553 5.1.8 Domain of sender address spam@our.example does not exist", "rejected", false)]
    [InlineData("550 5.7.1 Relaying denied", "norelaying", false)]
    [InlineData("550 No", "undefined", false)]
    public void Only_what_is_the_address_s_own_fault_is_hard(string reply, string reason, bool hard)
    {
        var bounce = Bounce.OfReply("nele@customer.example", reply);
        Assert.Equal((reason, hard), (bounce.Reason, bounce.Hard));
    }
}
