namespace Plumbline.Contracts.Access;

/// <summary>What a person needs to begin with.</summary>
[GenerateSerializer, Alias("NewUser"), Immutable]
public sealed record NewUser([property: Id(0)] string Email, [property: Id(1)] string Name, [property: Id(2)] string PasswordHash);
