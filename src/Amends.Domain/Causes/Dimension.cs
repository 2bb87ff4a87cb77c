namespace Amends.Domain.Causes;

/// <summary>By what complaints are counted together.</summary>
public enum Dimension
{
    /// <summary>Nothing is counted.</summary>
    None = 0,

    /// <summary>What it is about.</summary>
    Category,

    /// <summary>What it was put down to.</summary>
    Cause,

    /// <summary>The product of the order.</summary>
    Product,

    /// <summary>The lot of it.</summary>
    Lot,

    /// <summary>Who brought it.</summary>
    Carrier,

    /// <summary>Who supplied it.</summary>
    Supplier,

    /// <summary>The shop, warehouse or works that it came from.</summary>
    Place,

    /// <summary>Promises of a next contact, and those that were missed: not of orders, but of our own work.</summary>
    Promises,
}
