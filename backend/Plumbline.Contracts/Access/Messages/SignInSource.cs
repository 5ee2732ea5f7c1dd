namespace Plumbline.Contracts.Access;

/// <summary>Where an attempt to sign in comes from: each source has failures of its own, so that a stranger's do not keep the person out.</summary>
/// <param name="Network">The client's network.</param>
/// <param name="Device">A browser in which this person has signed in before; null for any other.</param>
[GenerateSerializer, Alias("SignInSource"), Immutable]
public sealed record SignInSource([property: Id(0)] string Network, [property: Id(1)] string? Device = null);
