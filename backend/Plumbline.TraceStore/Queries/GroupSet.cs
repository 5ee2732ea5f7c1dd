namespace Plumbline.TraceStore.Queries;

/// <summary>Several facets as one number.</summary>
internal sealed class GroupSet
{
    private readonly GroupKeys[] _fields;
    private readonly Dictionary<int, string[]> _texts = [];

    public GroupSet(GroupKeys[] fields)
    {
        _fields = fields;
        var combinations = fields.Aggregate(1L, (product, g) => Math.Min(long.MaxValue / int.MaxValue, product) * g.Count);
        if (combinations > int.MaxValue)
            throw new InvalidQueryException("These fields have too many values to be grouped by together. Leave one out, or filter.");
        Count = (int)combinations;
    }

    /// <summary>How many combinations there can be.</summary>
    public int Count { get; }

    /// <summary>The combination of a row.</summary>
    public int this[int row]
    {
        get
        {
            var group = 0;
            foreach (var keys in _fields) group = (group * keys.Count) + keys[row];
            return group;
        }
    }

    /// <summary>The texts of a combination; shared, not to be changed.</summary>
    public string[] Texts(int group)
    {
        if (_texts.TryGetValue(group, out var known)) return known;
        var texts = new string[_fields.Length];
        var rest = group;
        for (var i = _fields.Length - 1; i >= 0; i--)
        {
            texts[i] = _fields[i].Text(rest % _fields[i].Count);
            rest /= _fields[i].Count;
        }
        return _texts[group] = texts;
    }
}
