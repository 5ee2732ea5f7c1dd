using Plumbline.Host.Tests.Isolation;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Selections of a type's fields, drawn or whole. A field that fails takes its parent with it when it may not be null, so that others can
/// only be seen where it is not asked for: that is why they are drawn.</summary>
internal sealed class Selections(ApiSchema schema, Values values)
{
    /// <summary>What lists things of all worlds, which are made and read while a pair is: asked for where the pair's own can be told from the others.</summary>
    public static readonly string[] OfAllWorlds = ["Organization.projects", "Organization.auditLog", "Membership.projectRoles"];

    /// <summary>Fields that take one of two arguments, though the schema requires neither.</summary>
    public static readonly IReadOnlyDictionary<string, string> OneOfTwo = new Dictionary<string, string>
    {
        ["Project.dataset"] = "id",
        ["Prompt.version"] = "number",
    };

    /// <summary>All fields that give scalars.</summary>
    public string Leaves(string type) =>
        string.Join(' ', schema.Fields(type).Where(f => IsLeaf(f) && !NeedsArguments(f)).Select(f => f.Name).Append("__typename"));

    /// <summary>Drawn fields, as deep as that.</summary>
    public string Drawn(string type, Draw draw, int depth)
    {
        if (schema.KindOf(type) != "OBJECT") return Fragments(type, draw, depth);
        var picked = new List<string> { "__typename" };
        foreach (var field in schema.Fields(type))
        {
            if (IsLeaf(field) && !NeedsArguments(field) && (field.Name == "id" || draw.Chance(0.8))) picked.Add(field.Name);
            if (IsLeaf(field) || depth == 0 || OfAllWorlds.Contains(field.ToString()) || !draw.Chance(field.Name == "edges" ? 0.1 : 0.45)) continue;
            picked.Add($"{field.Name}{Arguments(field, draw)} {{ {Drawn(field.Type.Name, draw, depth - 1)} }}");
        }
        return string.Join(' ', picked);
    }

    /// <summary>A call of a field with what it needs, and now and then with more.</summary>
    public string Arguments(ApiField field, Draw draw)
    {
        var given = field.Arguments.Where(a => a.Name != "after" && (Needs(a) || draw.Chance(0.2)))
            .Select(a => (a.Name, Values: values.Of(field, a))).Where(a => a.Values.Count > 0).Select(a => $"{a.Name}: {draw.Of(a.Values)}").ToList();
        if (OneOfTwo.TryGetValue(field.ToString(), out var one)) given = [$"{one}: {draw.Of(values.Of(field, field.Arguments.Single(a => a.Name == one)))}"];
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    public bool IsLeaf(ApiField field) => schema.KindOf(field.Type.Name) is "SCALAR" or "ENUM";

    public static bool Needs(ApiInput argument) => argument.Type.IsRequired && !argument.HasDefault;

    private static bool NeedsArguments(ApiField field) => field.Arguments.Any(Needs);

    private string Fragments(string type, Draw draw, int depth) =>
        string.Join(' ', schema.PossibleTypes(type).Select(t => $"... on {t} {{ {Drawn(t, draw, depth)} }}").Prepend("__typename"));
}
