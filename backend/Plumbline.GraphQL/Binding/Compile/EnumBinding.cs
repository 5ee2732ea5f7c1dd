using System.Reflection;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Pairs of schema enum and C# enum, checked to have the same members.</summary>
internal sealed class EnumBinding(List<string> errors)
{
    public Dictionary<(EnumType, Type), Dictionary<Enum, byte[]>> Written { get; } = [];

    private readonly Dictionary<(EnumType, Type), Dictionary<EnumValue, object>> _read = [];

    public Dictionary<EnumValue, object> Read(EnumType type, Type clr, string where)
    {
        Bind(type, clr, where);
        return _read[(type, clr)];
    }

    public void Bind(EnumType type, Type clr, string where)
    {
        if (_read.ContainsKey((type, clr))) return;
        var read = _read[(type, clr)] = [];
        var written = Written[(type, clr)] = [];
        var members = clr.GetFields(BindingFlags.Public | BindingFlags.Static);
        foreach (var value in type.Values.Values)
        {
            var member = Array.Find(members, m => Names.MatchesEnum(value.Name, m));
            if (member is null)
            {
                errors.Add($"{where}: enum value {type}.{value.Name} has no member in C# enum {clr.Name}.");
                continue;
            }
            var constant = member.GetValue(null)!;
            read[value] = constant;
            written[(Enum)constant] = value.Json;
        }
        foreach (var member in members.Where(m => !type.Values.Values.Any(v => Names.MatchesEnum(v.Name, m))))
            errors.Add($"{where}: member {clr.Name}.{member.Name} has no value in the schema's enum {type}.");
    }
}
