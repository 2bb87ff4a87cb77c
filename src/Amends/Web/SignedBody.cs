namespace Amends.Web;

/// <summary>Marks an endpoint that another program posts to and signs what it sends: no browser calls it, so no form token is asked for; it checks the signature before it does anything.</summary>
public sealed class SignedBody;
