namespace Plumbline.Contracts.Access;

/// <summary>What a person is in an organization or, where raised or lowered, in one project. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("Role")]
public enum Role
{
    Owner,
    Admin,
    Developer,
    Sme,
    Reviewer,
    Viewer,
}
