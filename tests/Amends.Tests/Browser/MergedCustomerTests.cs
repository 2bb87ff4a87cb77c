using Amends.Data;
using Amends.Domain.Cases;
using Amends.Tests.Features;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Browser;

/// <summary>Two customers turn out to be one, in a real Chromium: the case of the one who joined is worked on as before.</summary>
public sealed class MergedCustomerTests
{
    [Fact]
    public async Task A_case_of_a_customer_who_joined_another_is_worked_on_as_before()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        var other = await desk.AddCustomer("Amara O");
        var twin = await desk.Complain("Amara O", "The second kettle leaks", "It leaks as well.");
        var link = await desk.Database.Write(unit => CustomerLinks.Issue(unit, complaint.Number, desk.Clock.Now));
        await using var chrome = await Chrome.Start();
        var hanna = await chrome.SignIn(desk.Address, "hanna");

        await hanna.GotoAsync($"/cases/{twin}");
        await hanna.ClickAsync(".cust h2 a");
        await hanna.ClickAsync("a:has-text('Same person twice?')");
        await hanna.FillAsync("#With", $"{complaint.Customer.Id}");
        await hanna.ClickAsync("button:has-text('Show first')");
        await hanna.WaitForSelectorAsync("text=What would happen");
        await hanna.FillAsync("#Why", "She told me on the phone.");
        await hanna.ClickAsync("button:has-text('Make them one')");
        await hanna.Arrives($"/customers/{other.Id}");
        await hanna.ClickAsync($"a[href='/cases/{complaint.Number}']");
        await hanna.Arrives($"/cases/{complaint.Number}");
        Assert.Contains("one customer: she told me on the phone", await hanna.InnerTextAsync(".timeline"));

        await hanna.GotoAsync($"/cases/{complaint.Number}/offer/new");
        await hanna.FillAsync("#Options_1_Title", "A new one tomorrow");
        await hanna.FillAsync("#Options_1_Why", "You need it in the morning.");
        await hanna.FillAsync("#Options_1_Amount", "20");
        await hanna.CheckAsync("#Options_1_AsWanted, [name='Options[0].AsWanted']");
        await hanna.ClickAsync("button[value=send]");
        await hanna.Arrives($"/cases/{complaint.Number}");
        var amara = await chrome.Open(desk.Address, scripts: false, width: 390);
        await amara.GotoAsync(CustomerLinks.PathOf(link)); // of before they were one
        await amara.ClickAsync("main form button");
        await amara.GotoAsync("/c/choose");
        await amara.ClickAsync("label.opt");
        await amara.ClickAsync("main form button.primary");
        await amara.Arrives("/c.*");
        Assert.Equal((CaseStage.Delivering, other.Id), ((await complaint.State()).Stage, (await complaint.State()).CustomerId));
    }
}
